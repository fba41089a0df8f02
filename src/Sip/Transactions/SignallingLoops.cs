using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// All loops of a gateway behind its transports: every message of a call goes to the loop that its Call-ID selects, the end of a connection to all
/// of them. Malformed requests are answered here, without a loop.
/// </summary>
public sealed class SignallingLoops : ISipReceiver
{
    private readonly TransactionLayer[] _layers;
    private readonly Lock _answering = new();
    private readonly StatelessResponder _responder = new();

    /// <summary>Takes one layer per loop; at least one.</summary>
    public SignallingLoops(IEnumerable<TransactionLayer> layers)
    {
        _layers = [.. layers];
        ArgumentOutOfRangeException.ThrowIfZero(_layers.Length, nameof(layers));
    }

    /// <summary>The layers in the order given.</summary>
    public IReadOnlyList<TransactionLayer> Layers => _layers;

    /// <summary>The layer, and by it the loop, that owns everything with this <see cref="SipMessage.CallIdHash"/>.</summary>
    public TransactionLayer Select(int callIdHash) => _layers[(int)((uint)callIdHash % (uint)_layers.Length)];

    /// <inheritdoc/>
    /// <remarks>
    /// A full loop drops the message and counts it in <see cref="SignallingLoop.Dropped"/>: an answer would cost more than the loss, and its sender
    /// repeats it.
    /// </remarks>
    public void OnMessage(SipFlow flow, SipMessage message) =>
        Select(message.CallIdHash).Loop.Post(
            static (flow, message) => SignallingLoop.Current!.Layer!.Receive((SipFlow)flow!, (SipMessage)message!), flow, message);

    /// <inheritdoc/>
    public void OnMalformed(SipFlow flow, SipMessage partial, SipParseError error)
    {
        if (error.Status() is var status && status == 0)
            return;

        lock (_answering)
            _responder.Respond(flow, partial, status);
    }

    /// <inheritdoc/>
    public void OnClosed(SipFlow flow)
    {
        // Not refusable: a loop that misses it would keep transactions of a connection that is gone.
        foreach (var layer in _layers)
            layer.Loop.PostContinuation(static (flow, _) => SignallingLoop.Current!.Layer!.OnFlowClosed((SipFlow)flow!), flow, null);
    }
}
