using System.Text;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>What a REFER asks for (RFC 3515 §2.1, RFC 4488 §4).</summary>
/// <param name="Number">Whom the other party is to be connected with: a number of the tenant's, as an extension dials it.</param>
/// <param name="IsSips">Whether the target is a SIPS URI, so that it is called by TLS or not at all.</param>
/// <param name="IsQuiet">Whether nobody is to be told how it goes (RFC 4488).</param>
/// <param name="Returned">The target at the host of the destination that asks for it, with all its parameters, for that one to make sense of; else null.</param>
/// <param name="Id">The number of the REFER, which its news bear (RFC 3515 §2.4.6).</param>
internal sealed record ReferWish(string Number, bool IsSips, bool IsQuiet, byte[]? Returned, uint Id)
{
    /// <summary>Who is said to ask for it (RFC 3892), where the target is returned; else null.</summary>
    public byte[]? ReferredBy { get; init; }

    private const int LongestUser = 256;

    /// <summary>Reads a REFER that is to be carried out.</summary>
    /// <param name="refer">The request.</param>
    /// <param name="tenant">The tenant whose call it is in.</param>
    /// <param name="sender">The destination that sent it; null for an extension.</param>
    /// <param name="wish">What it asks for; null when refused.</param>
    /// <returns>The code to refuse it with; 0 for none.</returns>
    public static int Read(SipMessage refer, TenantView tenant, Destination? sender, out ReferWish? wish)
    {
        wish = null;
        // RFC 3515 §2.4.1: exactly one Refer-To.
        if (!refer.TryGetAddress(SipHeaderName.ReferTo, out var target, out _) || !target.TryGetUri(out var uri, out _)
            || !TryReadQuiet(refer, out var isQuiet) || !refer.TryGetCSeq(out var cseq, out _))
        {
            return 400;
        }

        if (uri.Scheme == SipUriScheme.Other)
            return 416;
        // RFC 3515 §2.4.2: whoever does not want to do it declines. A target is called here, and nothing else is done with it.
        if (uri.Parameters.TryGet("method"u8, out var method) && !SipToken.EqualsIgnoreCase(method, "INVITE"u8))
            return 603;
        // RFC 3911 is not spoken here, and the target is not called in vain.
        if (ReferHeaders.Has(uri.Headers, "Join"u8))
            return 603;

        var isForeign = uri.Scheme != SipUriScheme.Tel && !tenant.HasDomain(uri.Host);
        // Whoever else is called, is called by a route.
        if (isForeign && !PassedTarget.IsOf(sender, uri))
            return 403;

        var number = NumberOf(uri);
        if (number.Length == 0 && !isForeign)
            return 400;

        wish = new(number, uri.Scheme == SipUriScheme.Sips, isQuiet, isForeign ? WithoutHeaders(uri) : null, cseq.Number)
        {
            ReferredBy = isForeign ? Calls.ReferredBy.UriOf(refer) : null,
        };
        return 0;
    }

    /// <summary>Whether the target is the transferor's own dialog with it (RFC 5589 §7).</summary>
    public static bool IsAttended(SipMessage refer) =>
        refer.TryGetAddress(SipHeaderName.ReferTo, out var target, out _) && target.TryGetUri(out var uri, out _)
        && ReferHeaders.Has(uri.Headers, "Replaces"u8);

    /// <summary>Reads a REFER that names a dialog, whatever URI that is at: phones write the one that they know the other party by.</summary>
    /// <param name="refer">The request.</param>
    /// <param name="wish">What it asks for, without a number; null when refused.</param>
    /// <param name="replaces">The dialog; null when refused.</param>
    /// <returns>The code to refuse it with; 0 for none.</returns>
    public static int ReadAttended(SipMessage refer, out ReferWish? wish, out ReplacesWish? replaces)
    {
        (wish, replaces) = (null, null);
        if (!refer.TryGetAddress(SipHeaderName.ReferTo, out var target, out _) || !target.TryGetUri(out var uri, out _)
            || !TryReadQuiet(refer, out var isQuiet) || !refer.TryGetCSeq(out var cseq, out _))
        {
            return 400;
        }

        if (uri.Scheme is SipUriScheme.Other or SipUriScheme.Tel)
            return 416;
        if (uri.Parameters.TryGet("method"u8, out var method) && !SipToken.EqualsIgnoreCase(method, "INVITE"u8))
            return 603;

        // RFC 3891 §3: one of them, with both tags, and no Join beside it.
        var value = ReferHeaders.Has(uri.Headers, "Join"u8) ? null : uri.FindOnlyHeader("Replaces"u8);
        replaces = value is null ? null : ReplacesWish.Of(Encoding.Latin1.GetBytes(value));
        if (replaces is null)
            return 400;

        wish = new("", IsSips: false, isQuiet, Returned: null, cseq.Number);
        return 0;
    }

    /// <summary>RFC 4488 §4: <c>Refer-Sub</c>, which is true where it is absent.</summary>
    private static bool TryReadQuiet(SipMessage refer, out bool isQuiet)
    {
        isQuiet = false;
        if (!refer.TryGet(SipHeaderName.ReferSub, out var value))
            return true;

        if (!ParameterizedValue.TryParse(value, out var wanted, out _))
            return false;

        isQuiet = SipToken.EqualsIgnoreCase(wanted.Value, "false"u8);
        return isQuiet || SipToken.EqualsIgnoreCase(wanted.Value, "true"u8);
    }

    private static byte[] WithoutHeaders(SipUri uri) =>
        (uri.Headers.IsEmpty ? uri.Bytes : uri.Bytes[..^(uri.Headers.Length + 1)]).ToArray();

    private static string NumberOf(SipUri uri)
    {
        Span<byte> buffer = stackalloc byte[LongestUser];
        return uri.User.Length > buffer.Length ? "" : HeaderText.Readable(uri.UnescapeUser(buffer));
    }
}
