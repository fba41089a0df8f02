using System.Text;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Writes the INVITE of a candidate leg: a request of our own; of the caller's only what a B2BUA may show passes.</summary>
internal static class InviteWriter
{
    /// <summary>Writes it in the gateway's writer.</summary>
    public static void Write(LoopGateway gateway, Call call, Candidate candidate, SipFlow flow, Action<SipWriter>? credentials)
    {
        var writer = gateway.Writer;
        var target = candidate.Target;
        var invite = call.Invite.Request;
        writer.RequestLine(SipMethod.Invite, target.RequestUri);
        writer.Via(flow.Protocol.ViaToken(), flow.SentBy, gateway.Ids.NewBranch(), hasAlias: flow.OffersAlias);
        // RFC 3261 §16.6 step 3, which a B2BUA owes its callers as well: or two of them could pass a call back and forth for ever.
        writer.Header(SipHeaderName.MaxForwards, (uint)((invite.MaxForwards ?? 70) - 1));
        writer.Header(SipHeaderName.MaxBreadth, candidate.Breadth);
        foreach (var route in target.Routes)
            writer.Header(SipHeaderName.Route, Encoding.UTF8.GetBytes(route));

        IdentityHeaders.WriteFrom(writer, call, target, candidate.LocalTag);
        writer.Address(SipHeaderName.To, [], target.ToUri);
        writer.Header(SipHeaderName.CallId, candidate.CallId);
        writer.CSeq(candidate.CSeq, "INVITE"u8);
        gateway.WriteContact(writer, flow, NeedsSips(target), target.Destination?.Destination);
        writer.Header(SipHeaderName.Allow, RequestChecks.AllowInDialog);
        writer.Header(SipHeaderName.Supported, target.Destination is null ? Abilities.ToPhones : Abilities.ToDestinations);
        SessionTerms.WriteWish(writer, gateway.Context.Options, candidate.MinSe);
        // RFC 3262 §4
        if (candidate.OffersReliability)
            writer.Header(SipHeaderName.Supported, "100rel"u8);
        writer.Header(SipHeaderName.UserAgent, LoopGateway.Product);
        credentials?.Invoke(writer);
        IdentityHeaders.WriteAsserted(writer, call, target);
        if (target.Destination is { } outside && call.MadeFor?.ReferredBackTo(outside.Destination) is { } referrer)
            writer.Address(SipHeaderName.ReferredBy, [], referrer);
        // RFC 3323 §5.3: a caller's own words may tell who it is.
        if (!call.Identity.IsHidden)
            writer.CopyLines(invite, SipHeaderName.Subject);
        writer.CopyLines(invite, SipHeaderName.AlertInfo);
        if (candidate.Offer is { } offer)
            writer.Body("application/sdp"u8, offer);
        else
            writer.End();
    }

    /// <summary>RFC 3261 §8.1.1.8: so it is where the Request-URI, or the first Route, is a SIPS URI.</summary>
    private static bool NeedsSips(CallTarget target) =>
        SipUri.IsSips(target.RequestUri) || (target.Routes is [var first, ..] && first.TrimStart('<').StartsWith("sips:", StringComparison.OrdinalIgnoreCase));
}
