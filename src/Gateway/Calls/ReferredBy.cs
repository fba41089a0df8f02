using TekSipCloud.Contracts.Calls;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Who asked for a transfer (RFC 3892). What a party says of that nobody has checked: nobody but itself hears of it. Who is to call the target by itself is told by us
/// who asked it to.
/// </summary>
internal static class ReferredBy
{
    /// <summary>Whether a REFER says it once at most, and by a URI (RFC 3892 §3).</summary>
    public static bool IsReadable(SipMessage refer)
    {
        var count = 0;
        foreach (var _ in refer.Values(SipHeaderName.ReferredBy))
            count++;
        return count == 0 || (count == 1 && TryRead(refer, out _));
    }

    /// <summary>The URI of it, without name and parameters: a token that <c>cid</c> names (RFC 3892 §4) stays behind with the body. Null for none.</summary>
    public static byte[]? UriOf(SipMessage refer) => TryRead(refer, out var uri) ? uri.Bytes.ToArray() : null;

    /// <summary>Tells an extension's phone that is asked to call the target which extension asks; of one that hides who it is nothing.</summary>
    public static void Write(SipWriter writer, CallLeg from, CallLeg to)
    {
        var call = from.Call;
        var isCaller = from is { Side: CallEnd.Caller, Target: null };
        if (to.Destination is not null || from.Username is not { } username || (isCaller && call.Identity.IsHidden))
            return;

        writer.Address(SipHeaderName.ReferredBy, [], CallTargets.Uri(isCaller ? call.Identity.Number : username, call.Domain));
    }

    private static bool TryRead(SipMessage refer, out SipUri uri)
    {
        uri = default;
        return refer.TryGetAddress(SipHeaderName.ReferredBy, out var address, out _) && address.TryGetUri(out uri, out _);
    }
}
