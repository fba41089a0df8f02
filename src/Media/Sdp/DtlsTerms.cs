using System.Collections.Immutable;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Ice;

namespace TekSipCloud.Media.Sdp;

/// <summary>What was agreed on with a party about ICE and DTLS, or what our offer to it says as long as it has not answered.</summary>
/// <param name="Local">Our credentials; others after the party restarted ICE (RFC 8839 §4.4.1.1.1).</param>
/// <param name="Role">Our role in the handshake.</param>
/// <param name="Fingerprints">What the party's certificate must fit; empty before it has said so.</param>
/// <param name="Association">Counts associations: with another number the handshake begins anew (RFC 8842 §4).</param>
public sealed record DtlsTerms(
    IceCredentials Local, DtlsRole Role, ImmutableArray<CertificateFingerprint> Fingerprints, int Association);
