using System.Text;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Which target of a REFER may pass to the other party. Its phone calls it with rights and money of its own, whoever asked for it: so there is no leading it
/// to a stranger's host, out of the tenant's rules.
/// </summary>
internal static class PassedTarget
{
    /// <summary>The code to refuse the REFER with; 0 when it may pass.</summary>
    /// <param name="refer">The request.</param>
    /// <param name="tenant">The tenant whose call it is in.</param>
    /// <param name="sender">The destination that sent it; null for an extension.</param>
    /// <param name="token">By which our own Contacts are known.</param>
    public static int WhyNot(SipMessage refer, TenantView tenant, Destination? sender, NodeToken token)
    {
        // RFC 3515 §2.4.1: exactly one Refer-To.
        if (!refer.TryGetAddress(SipHeaderName.ReferTo, out var target, out _) || !target.TryGetUri(out var uri, out _))
            return 400;
        // A number without a domain a mobile phone would call by its own line.
        if (uri.Scheme is SipUriScheme.Other or SipUriScheme.Tel)
            return 416;
        if (uri.Parameters.TryGet("method"u8, out var method) && !SipToken.EqualsIgnoreCase(method, "INVITE"u8))
            return 603;
        if (!ReferHeaders.AreHarmless(uri.Headers))
            return 403;

        return tenant.HasDomain(uri.Host) || IsOf(sender, uri) || IsOurs(uri, token) ? 0 : 403;
    }

    /// <summary>Whether a URI is at the host of a destination.</summary>
    public static bool IsOf(Destination? destination, SipUri uri) => destination is not null
        && uri.Scheme is SipUriScheme.Sip or SipUriScheme.Sips
        && (Is(destination.Domain, uri) || Is(destination.Gateway, uri));

    /// <summary>RFC 5589 §7: a phone may know the party whose place it gives by our Contact in that dialog. Nothing but Replaces is to be had there.</summary>
    private static bool IsOurs(SipUri uri, NodeToken token) =>
        ReferHeaders.Has(uri.Headers, "Replaces"u8) && (uri.User.SequenceEqual(token.OwnBytes) || token.TryFindForeign(uri.User, out _));

    private static bool Is(string host, SipUri uri) => host.Length > 0 && Ascii.EqualsIgnoreCase(uri.Host.Trim("[]"u8), host);
}
