using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Media.Dtls;

namespace TekSipCloud.Media.Sdp;

/// <summary>What a party's description says of DTLS for one m= line (RFC 8842 §5, RFC 8122 §5).</summary>
/// <param name="Setup">Who begins; null where it says nothing.</param>
/// <param name="Fingerprints">Its certificate's; those by unknown hash functions are left out, and there is one at least.</param>
public sealed record RemoteDtls(SetupRole? Setup, ImmutableArray<CertificateFingerprint> Fingerprints)
{
    // One certificate by each hash function, and room for a second certificate.
    private const int MaxFingerprints = 10;

    /// <summary>
    /// Our role when it is an offer's. Where we may choose we wait, which needs no packet of ours before the party is heard. Null for a connection
    /// that nobody begins.
    /// </summary>
    public DtlsRole? RoleAgainstOffer => Setup switch
    {
        // RFC 4145 §4.1: an offer without the attribute is active.
        null or SetupRole.ActPass or SetupRole.Active => DtlsRole.Passive,
        SetupRole.Passive => DtlsRole.Active,
        _ => null,
    };

    /// <summary>Our role when it is an answer's; null for one that names none (RFC 8842 §5.3).</summary>
    public DtlsRole? RoleAgainstAnswer => Setup switch
    {
        SetupRole.Active => DtlsRole.Passive,
        // RFC 4145 §4.1: an answer without the attribute is passive.
        null or SetupRole.Passive => DtlsRole.Active,
        _ => null,
    };

    /// <summary>Reads it.</summary>
    /// <returns>False where the line has no fingerprint that can be checked, or a role that is none.</returns>
    public static bool TryRead(SessionDescription session, MediaDescription media, [NotNullWhen(true)] out RemoteDtls? dtls)
    {
        dtls = null;
        SetupRole? setup = null;
        if (media.Attributes.TryFind("setup"u8, out var word) || session.Attributes.TryFind("setup"u8, out word))
        {
            if (!SetupRoles.TryParse(word, out var role))
                return false;

            setup = role;
        }

        var fingerprints = ReadFingerprints(media.Attributes);
        // RFC 8122 §5: the session's hold where the medium has none.
        if (fingerprints.IsEmpty)
            fingerprints = ReadFingerprints(session.Attributes);
        if (fingerprints.IsEmpty)
            return false;

        dtls = new(setup, fingerprints);
        return true;
    }

    private static ImmutableArray<CertificateFingerprint> ReadFingerprints(SdpAttributes attributes)
    {
        var fingerprints = ImmutableArray.CreateBuilder<CertificateFingerprint>();
        foreach (var attribute in attributes)
        {
            if (fingerprints.Count < MaxFingerprints
                && attribute.Name.SequenceEqual("fingerprint"u8)
                && CertificateFingerprint.TryParse(attribute.Value, out var fingerprint))
                fingerprints.Add(fingerprint);
        }

        return fingerprints.DrainToImmutable();
    }
}
