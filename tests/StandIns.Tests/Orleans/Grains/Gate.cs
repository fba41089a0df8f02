using System.Collections.Concurrent;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A place where a grain waits until a test lets it on. Silos of one process share it by name.</summary>
internal sealed class Gate
{
    private static readonly ConcurrentDictionary<string, Gate> Known = new();

    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a grain has come to the gate.</summary>
    public Task Entered => _entered.Task.WaitAsync(Patience.Limit, TimeProvider.System);

    public static Gate Of(string name) => Known.GetOrAdd(name, static _ => new Gate());

    public static (string Name, Gate Gate) New()
    {
        var name = Guid.NewGuid().ToString("N");
        return (name, Of(name));
    }

    public void Open() => _opened.TrySetResult();

    public Task Pass()
    {
        _entered.TrySetResult();
        return _opened.Task;
    }

    public void PassBlocking()
    {
        if (!Pass().Wait(Patience.Limit))
            throw new TimeoutException("The gate stayed shut.");
    }
}
