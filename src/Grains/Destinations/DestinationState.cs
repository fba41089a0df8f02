using TekSipCloud.Contracts;

namespace TekSipCloud.Grains.Destinations;

/// <summary>The places that calls take at a destination.</summary>
internal sealed class DestinationState
{
    private readonly Dictionary<Guid, DateTimeOffset> _takenAt = [];

    /// <summary>The calls that have one.</summary>
    public int Count => _takenAt.Count;

    /// <summary>Takes a place; OverLimit when none is free. A call that has one already keeps it.</summary>
    public Result Take(Guid call, int capacity, DateTimeOffset now)
    {
        if (!_takenAt.ContainsKey(call) && capacity > 0 && _takenAt.Count >= capacity)
            return new Problem(ProblemKind.OverLimit, $"All {capacity} places of this destination are taken.");

        _takenAt.TryAdd(call, now);
        return Result.Done;
    }

    /// <summary>Gives the place back.</summary>
    public void Release(Guid call) => _takenAt.Remove(call);

    /// <summary>Frees the places of calls that are over although nobody said so, because their node died.</summary>
    /// <param name="inProgress">The calls known to be in progress.</param>
    /// <param name="takenBefore">Younger places stay: their call may not be in the books yet.</param>
    public void ReleaseAbandoned(IReadOnlySet<Guid> inProgress, DateTimeOffset takenBefore)
    {
        foreach (var (call, takenAt) in _takenAt)
        {
            if (takenAt < takenBefore && !inProgress.Contains(call))
                _takenAt.Remove(call);
        }
    }
}
