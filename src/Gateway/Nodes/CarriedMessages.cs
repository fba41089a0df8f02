using System.Collections.Immutable;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>
/// Puts what other nodes send to phones of this one on their flows. While the node is drained no call begins on them either: the INVITE is answered
/// 503 in the phone's place, so that its node tries another device. Thread-safe.
/// </summary>
internal sealed class CarriedMessages(FlowFinder flows, NodeDrain drain, NodeToken token, IGrainFactory grains, SipLimits limits)
{
    private readonly Lock _lock = new();
    private readonly StatelessResponder _responder = new();

    public void Send(FlowAddress flow, SipBytes message)
    {
        if (drain.IsDraining && message.Bytes.AsSpan().StartsWith("INVITE "u8) && RefuseCall(flow, message))
            return;

        flows.FindLocal(flow)?.Send(message.Bytes.AsSpan());
    }

    /// <summary>False for what belongs to a call in progress.</summary>
    private bool RefuseCall(FlowAddress flow, SipBytes message)
    {
        var request = new SipMessage();
        if (!request.TryParse(message.Bytes.ToArray(), limits, out _) || DialogId.TryOfRequest(request, out _)
            || !request.TryGetTopVia(out var via) || !via.HasMagicCookie || !token.TryFindForeign(via.Branch[7..], out var owner)
            || flows.FindLocal(flow) is not { } phone)
        {
            return false;
        }

        var writer = new SipWriter();
        lock (_lock)
            _responder.Start(writer, phone, request, 503);
        writer.Header(SipHeaderName.RetryAfter, LoopGateway.RetryAfterSeconds);
        writer.End();
        _ = grains.GetGrain<IGatewayGrain>(owner).Receive(flow, new SipBytes(ImmutableArray.Create(writer.Written)));
        return true;
    }
}
