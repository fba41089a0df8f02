using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TekSipCloud.Media.Dtls;

namespace TekSipCloud.Media.Tests.Dtls;

/// <summary>
/// What we agree to at least (RFC 8827 §6.5): DTLS 1.2, forward secrecy with authenticated encryption, an ECDSA certificate of P-256, and no tags of four
/// bytes. The other side is OpenSSL, told to do less.
/// </summary>
public sealed class DtlsTermsTests
{
    private const string Mandatory = "SRTP_AES128_CM_SHA1_80";
    private const string LowLevel = "ALL:@SECLEVEL=0";

    /// <summary>Versions and suites that OpenSSL can speak when it is let.</summary>
    public static TheoryData<string, string> Less => new()
    {
        // RFC 4347
        { "-dtls1", LowLevel },
        // CBC with an HMAC.
        { "-dtls1_2", "ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA" },
        // No forward secrecy.
        { "-dtls1_2", "AES128-GCM-SHA256:AES256-GCM-SHA384" },
        // No encryption.
        { "-dtls1_2", "ECDHE-ECDSA-NULL-SHA:ECDHE-RSA-NULL-SHA:@SECLEVEL=0" },
        // No certificate.
        { "-dtls1_2", "AECDH-AES128-SHA:ADH-AES128-GCM-SHA256:@SECLEVEL=0" },
    };

    [Theory]
    [MemberData(nameof(Less))]
    public async Task M5_who_offers_less_is_refused(string version, string suites)
    {
        await using var program = new OpenSslProgram(hasRsaKey: false) { Terms = [version, "-cipher", suites] };
        using var context = DtlsContext.Create(TimeProvider.System);
        using var association = context.Associate(DtlsRole.Passive);
        association.Expect([program.Fingerprint]);
        program.StartClient(Mandatory, 60);

        await program.Shake(association);

        Assert.Equal((DtlsState.Failed, DtlsFailure.Protocol), (association.State, association.Failure));
        Assert.Null(association.Keys);
    }

    [Theory]
    [MemberData(nameof(Less))]
    public async Task M5_who_takes_less_is_not_shaken_hands_with(string version, string suites)
    {
        // With an RSA key, by which all suites of the list but those of ECDSA can be had.
        await using var program = new OpenSslProgram(hasRsaKey: true) { Terms = [version, "-cipher", suites] };
        await program.StartServer(Mandatory, 60);
        using var context = DtlsContext.Create(TimeProvider.System);
        using var association = context.Associate(DtlsRole.Active);
        association.Expect([program.Fingerprint]);

        await program.Shake(association);

        Assert.Equal((DtlsState.Failed, DtlsFailure.Protocol), (association.State, association.Failure));
        Assert.Null(association.Keys);
    }

    [Fact]
    public async Task M5_tags_of_four_bytes_alone_are_no_profile_in_common()
    {
        await using var program = new OpenSslProgram(hasRsaKey: false);
        using var context = DtlsContext.Create(TimeProvider.System);
        using var association = context.Associate(DtlsRole.Passive);
        association.Expect([program.Fingerprint]);
        program.StartClient("SRTP_AES128_CM_SHA1_32", 60);

        await program.Shake(association);

        Assert.Equal((DtlsState.Failed, DtlsFailure.NoSrtpProfile), (association.State, association.Failure));
    }

    [Fact]
    public async Task M5_the_suite_that_every_browser_has_is_taken_first_and_our_certificate_is_of_P256()
    {
        await using var program = new OpenSslProgram(hasRsaKey: false);
        using var context = DtlsContext.Create(TimeProvider.System);
        using var association = context.Associate(DtlsRole.Passive);
        association.Expect([program.Fingerprint]);
        program.StartClient($"SRTP_AEAD_AES_256_GCM:SRTP_AES128_CM_SHA1_32:{Mandatory}", 60);

        await program.Shake(association);

        Assert.True(association.State == DtlsState.Established, association.FailureReason);
        await program.WaitForLine("New, TLSv1.2, Cipher is ECDHE-ECDSA-AES128-GCM-SHA256");
        await program.WaitForLine("Protocol  : DTLSv1.2");
        await program.WaitForLine($"SRTP Extension negotiated, profile={Mandatory}");
        using var certificate = X509Certificate2.CreateFromPem(program.ReadPeerCertificate());
        using var key = certificate.GetECDsaPublicKey();
        Assert.Equal(ECCurve.NamedCurves.nistP256.Oid.Value, key!.ExportParameters(false).Curve.Oid.Value);
        Assert.Equal(context.Fingerprint.ToString(), new CertificateFingerprint(CertificateHash.Sha256, SHA256.HashData(certificate.RawData)).ToString());
    }
}
