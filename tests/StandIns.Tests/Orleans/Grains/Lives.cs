using System.Collections.Concurrent;
using System.Threading.Channels;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>What became of one grain's activations, for the test to see.</summary>
internal sealed class Lives
{
    private static readonly ConcurrentDictionary<string, Lives> Known = new();

    private readonly Channel<DeactivationReasonCode> _ends = Channel.CreateUnbounded<DeactivationReasonCode>();
    private int _begun;

    public int Begun => Volatile.Read(ref _begun);

    public static Lives Of(string key) => Known.GetOrAdd(key, static _ => new Lives());

    public int Begin() => Interlocked.Increment(ref _begun);

    public void End(DeactivationReasonCode reason) => _ends.Writer.TryWrite(reason);

    public Task<DeactivationReasonCode> NextEnd() => _ends.Reader.ReadAsync().Soon();
}
