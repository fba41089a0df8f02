using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Writes the INVITE by which the target of a transfer is called, as the transferor would send it.</summary>
internal static class TransferInvite
{
    /// <summary>Writes it in the gateway's writer.</summary>
    public static void Write(LoopGateway gateway, Call first, CallLeg transferor, ReferWish wish, TransferFlow flow, SessionDescription offer)
    {
        var writer = gateway.Writer;
        var target = CallTargets.Uri(wish.Number, first.Domain);
        if (wish.IsSips)
            target = [.. "sips"u8, .. target.AsSpan("sip".Length)];
        var isCaller = transferor is { Side: CallEnd.Caller, Target: null };
        // RFC 3325 §5: as itself, or as that one of its identities with which it began the call.
        var number = isCaller ? first.Identity.Number : transferor.Username ?? first.Summary.Callee.Number;
        writer.RequestLine(SipMethod.Invite, target);
        writer.Via(flow.Protocol.ViaToken(), flow.SentBy, gateway.Ids.NewBranch());
        writer.Header(SipHeaderName.MaxForwards, 70);
        writer.Address(SipHeaderName.From, [], CallTargets.Uri(number, first.Domain), gateway.Ids.NewTag());
        writer.Address(SipHeaderName.To, [], target);
        writer.Header(SipHeaderName.CallId, gateway.Context.Receiver.NewCallId(gateway.Layer));
        writer.CSeq(1, "INVITE"u8);
        gateway.WriteContact(writer, flow, wish.IsSips);
        // RFC 3323: who called without showing who it is transfers so as well.
        if (isCaller && first.Identity.IsHidden)
            writer.Header(SipHeaderName.Privacy, "id"u8);
        writer.Body("application/sdp"u8, offer.Bytes.Span);
    }
}
