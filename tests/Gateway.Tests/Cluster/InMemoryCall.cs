using System.Collections.Concurrent;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>A call's books: what it was told, in order.</summary>
internal sealed class InMemoryCall : ICallGrain
{
    private readonly ConcurrentQueue<string> _told = new();
    private int _failures;

    /// <summary>The steps in the order they came.</summary>
    public IReadOnlyCollection<string> Told => _told;

    public CallRecord? Record { get; private set; }

    /// <summary>How often it fails before it takes something.</summary>
    public int Failures { get => _failures; set => _failures = value; }

    public Task Open(CallSummary call) => Take("open");

    public Task Progress(CallSummary call) => Take(call.State.ToString());

    public Task End(CallRecord record)
    {
        Record = record;
        return Take("end");
    }

    public Task<Result<CallSummary>> Get() => throw new NotSupportedException();

    public Task<Result> HangUp(string reason) => throw new NotSupportedException();

    private Task Take(string step)
    {
        if (Interlocked.Decrement(ref _failures) >= 0)
            return Task.FromException(new TimeoutException("Not now."));

        _told.Enqueue(step);
        return Task.CompletedTask;
    }
}
