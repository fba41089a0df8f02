using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>What a caller asks for by Privacy (RFC 3323 §4.2, RFC 3325 §9.3).</summary>
/// <param name="HidesIdentity">Whether nobody but who is trusted may hear who it is: <c>id</c> or <c>user</c>. What <c>header</c> and <c>session</c> ask for every
/// call has here: no header of the caller's and no address of its media reaches the callee.</param>
/// <param name="IsImpossible">Whether something is critical that is not known here (RFC 3323 §5).</param>
internal readonly record struct PrivacyWish(bool HidesIdentity, bool IsImpossible)
{
    public static PrivacyWish Read(SipMessage request)
    {
        var (hides, isCritical, isStrange) = (false, false, false);
        foreach (var line in request.Values(SipHeaderName.Privacy))
        {
            foreach (var range in line.SplitAny(";,"u8))
            {
                var value = SipToken.Trim(line[range]);
                hides |= Is(value, "id"u8) || Is(value, "user"u8);
                isCritical |= Is(value, "critical"u8);
                isStrange |= !IsKnown(value);
            }
        }

        return new(hides, isCritical && isStrange);
    }

    // RFC 7044 §10.1.1 has "history", which is given too: no History-Info passes.
    private static bool IsKnown(ReadOnlySpan<byte> value) =>
        value.IsEmpty || Is(value, "id"u8) || Is(value, "user"u8) || Is(value, "header"u8) || Is(value, "session"u8) || Is(value, "history"u8)
        || Is(value, "none"u8) || Is(value, "critical"u8);

    private static bool Is(ReadOnlySpan<byte> value, ReadOnlySpan<byte> known) => SipToken.EqualsIgnoreCase(value, known);
}
