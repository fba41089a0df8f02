using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Media.Ice;

namespace TekSipCloud.Media.Sdp;

/// <summary>What a party's description says of ICE for one m= line (RFC 8839 §5).</summary>
/// <param name="Credentials">Its user name fragment and password.</param>
/// <param name="IsLite">Whether it answers checks only, as we do: then nobody asks, and its address is used as it is.</param>
/// <param name="Candidates">What it named; those that are names instead of addresses included. At most 64.</param>
/// <param name="IsComplete">Whether it says that none will follow (RFC 8840).</param>
public sealed record RemoteIce(IceCredentials Credentials, bool IsLite, ImmutableArray<IceCandidate> Candidates, bool IsComplete)
{
    private const int MaxCandidates = 64;

    /// <summary>Reads it.</summary>
    /// <returns>False where the line has no ICE, or none that is valid.</returns>
    public static bool TryRead(SessionDescription session, MediaDescription media, [NotNullWhen(true)] out RemoteIce? ice)
    {
        ice = null;
        if (!TryFind(session, media, "ice-ufrag"u8, out var fragment)
            || !TryFind(session, media, "ice-pwd"u8, out var password)
            || !IceCredentials.TryCreate(fragment, password, out var credentials))
            return false;

        var candidates = ImmutableArray.CreateBuilder<IceCandidate>();
        foreach (var attribute in media.Attributes)
        {
            if (candidates.Count < MaxCandidates
                && attribute.Name.SequenceEqual("candidate"u8)
                && IceCandidate.TryParse(attribute.Value, out var candidate))
                candidates.Add(candidate);
        }

        // RFC 8839 §5.3: a=ice-lite is of the session.
        ice = new(
            credentials,
            session.Attributes.Has("ice-lite"u8),
            candidates.DrainToImmutable(),
            media.Attributes.Has("end-of-candidates"u8) || session.Attributes.Has("end-of-candidates"u8));
        return true;
    }

    // RFC 8839 §5.4: a session's holds where the medium has none.
    private static bool TryFind(SessionDescription session, MediaDescription media, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var isThere = media.Attributes.TryFind(name, out value) || session.Attributes.TryFind(name, out value);
        value = value.Trim(" \t"u8);
        return isThere;
    }
}
