namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>How the cluster behind the gateway fares: grains that answer, fail, or stay silent until they are told to go on.</summary>
internal sealed class Weather
{
    private readonly List<TaskCompletionSource> _waiting = [];

    /// <summary>Every call fails, as when storage is away.</summary>
    public bool IsDown { get; set; }

    /// <summary>Calls wait for <see cref="GoesOn"/>.</summary>
    public bool IsSlow { get; set; }

    /// <summary>What grains answer when they are asked.</summary>
    public async Task<T> Answer<T>(Func<T> work)
    {
        if (IsDown)
            throw new TimeoutException("The storage does not answer.");
        if (!IsSlow)
            return work();

        var answer = new TaskCompletionSource();
        _waiting.Add(answer);
        await answer.Task;
        return work();
    }

    /// <summary>Lets the calls that wait be answered.</summary>
    public void GoesOn()
    {
        IsSlow = false;
        var waiting = _waiting.ToArray();
        _waiting.Clear();
        foreach (var answer in waiting)
            answer.SetResult();
    }
}
