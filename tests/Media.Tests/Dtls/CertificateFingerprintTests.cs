using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Dtls;

namespace TekSipCloud.Media.Tests.Dtls;

/// <summary>RFC 8122 §5.</summary>
public sealed class CertificateFingerprintTests
{
    private const string Sha1OfRfc = "SHA-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB";

    [Fact]
    public void The_example_of_section_5_is_read()
    {
        var fingerprint = Read(Sha1OfRfc);

        Assert.Equal(CertificateHash.Sha1, fingerprint?.Hash);
        Assert.Equal("4AADB9B13F82183B540212DF3E5D496B19E57CAB", Convert.ToHexString(fingerprint!.Bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha-256")]
    [InlineData("sha-256 4A:AD")]
    [InlineData("md5 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B")]
    [InlineData("sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AG")]
    [InlineData("sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C: A")]
    [InlineData("sha-1 4A-AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB")]
    [InlineData("sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:00")]
    public void What_is_no_fingerprint_is_passed_over(string value) => Assert.Null(Read(value));

    [Fact]
    public void What_is_written_is_read_as_the_same() =>
        Prop.ForAll(Gen.Elements(Enum.GetValues<CertificateHash>()).ToArbitrary(), Gen.Choose(0, 255).ArrayOf(64).ToArbitrary(), (hash, numbers) =>
        {
            var fingerprint = new CertificateFingerprint(hash, [.. numbers.Take(hash.Bytes()).Select(number => (byte)number)]);
            return Read(fingerprint.ToString())!.IsSameAs(fingerprint);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Arbitrary_text_never_throws() =>
        Prop.ForAll<byte[]>(bytes => CertificateFingerprint.TryParse([.. "sha-1 "u8, .. bytes], out _) || true).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(CertificateHash.Sha1)]
    [InlineData(CertificateHash.Sha224)]
    [InlineData(CertificateHash.Sha384)]
    [InlineData(CertificateHash.Sha512)]
    public void Every_hash_function_is_checked(CertificateHash hash)
    {
        using var pair = new DtlsPair();
        pair.Active.Expect([Wrong(hash)]);
        pair.Passive.Expect([Wrong(hash)]);
        pair.Shake();

        Assert.Equal(DtlsFailure.WrongFingerprint, pair.Active.Failure);
    }

    [Fact]
    public void A_weak_fingerprint_that_fits_does_not_outweigh_a_strong_one_that_does_not_section_5_1()
    {
        using var pair = new DtlsPair();
        pair.Active.Expect([pair.PassiveFingerprint, Wrong(CertificateHash.Sha512)]);
        pair.Shake();

        Assert.Equal(DtlsFailure.WrongFingerprint, pair.Active.Failure);
    }

    [Fact]
    public void One_of_several_strong_ones_is_enough_section_5_1()
    {
        using var pair = new DtlsPair();
        pair.Active.Expect([Wrong(CertificateHash.Sha1), Wrong(CertificateHash.Sha256), pair.PassiveFingerprint]);
        pair.Shake();

        Assert.Equal(DtlsState.Established, pair.Active.State);
    }

    private static CertificateFingerprint Wrong(CertificateHash hash) => new(hash, new byte[hash.Bytes()]);

    private static CertificateFingerprint? Read(string value) =>
        CertificateFingerprint.TryParse(Encoding.ASCII.GetBytes(value), out var fingerprint) ? fingerprint : null;
}
