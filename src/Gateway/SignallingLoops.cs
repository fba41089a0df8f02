using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway;

/// <summary>The node's signalling loops; a message's Call-ID decides which one it belongs to.</summary>
internal sealed class SignallingLoops : IDisposable
{
    private const int MostByDefault = 4;
    private readonly SignallingLoop[] _loops;

    public SignallingLoops(IOptions<GatewayOptions> options, TimeProvider clock, ILoggerFactory loggers)
    {
        var count = options.Value.Loops > 0 ? options.Value.Loops : Math.Min(Environment.ProcessorCount, MostByDefault);
        _loops = [.. Enumerable.Range(0, count)
            .Select(i => new SignallingLoop($"sip-loop-{i}", clock, loggers.CreateLogger<SignallingLoop>()))];
    }

    public IReadOnlyList<SignallingLoop> All => _loops;

    public int IndexOf(SipMessage message) => IndexOf(message.CallIdHash);

    public int IndexOf(int callIdHash) => (int)((uint)callIdHash % (uint)_loops.Length);

    /// <summary>A new Call-ID whose messages come to a given loop: the call's legs then share it, and need no locks.</summary>
    public byte[] NewCallId(IIdSource ids, int loop)
    {
        while (true)
        {
            var callId = ids.NewCallId();
            var hash = default(HashCode);
            hash.AddBytes(callId);
            if (IndexOf(hash.ToHashCode()) == loop)
                return callId;
        }
    }

    public void Dispose()
    {
        foreach (var loop in _loops)
            loop.Dispose();
    }
}
