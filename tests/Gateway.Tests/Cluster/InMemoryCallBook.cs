using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>A node's books: what was told of each call, in order.</summary>
internal sealed class InMemoryCallBook : ICallBookGrain
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<Guid, List<CallReport>> _calls = [];

    /// <summary>Whether storage is away.</summary>
    public bool IsDown { get; set; }

    /// <summary>What happens to a report before it is taken; a fault thrown here is storage's.</summary>
    public Func<ImmutableArray<CallReport>, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens after it is taken: its answer may still be lost.</summary>
    public Func<Task> After { get; set; } = () => Task.CompletedTask;

    /// <summary>How many reports there were.</summary>
    public int Writes { get; private set; }

    /// <summary>Every call that was ever written, oldest first, with what was told of it.</summary>
    public IReadOnlyList<ImmutableArray<CallReport>> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls.Values.Select(told => told.ToImmutableArray())];
        }
    }

    public ImmutableArray<CallReport> Of(Guid call)
    {
        lock (_lock)
            return _calls.TryGetValue(call, out var told) ? [.. told] : [];
    }

    public async Task Write(ImmutableArray<CallReport> reports)
    {
        if (IsDown)
            throw new TimeoutException("The storage does not answer.");
        await Before(reports);
        lock (_lock)
        {
            Writes++;
            foreach (var report in reports)
            {
                if (!_calls.TryGetValue(report.Call.Id, out var told))
                    _calls[report.Call.Id] = told = [];
                told.Add(report);
            }
        }

        await After();
    }
}
