using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Tests.Srtp;

/// <summary>The cipher and the hash, as the processor or OpenSSL does them and as the system does: both must do the same.</summary>
public sealed class PrimitivesTests
{
    private const string HasNoInstructions = "This processor has no AES instructions.";
    private const string HasNoOpenSsl = "OpenSSL is not here.";

    [Theory]
    [InlineData("2B7E151628AED2A6ABF7158809CF4F3C",
        "874D6191B620E3261BEF6864990DB6CE9806F66B7970FDFF8617187BB9FFFDFF5AE4DF3EDBD5D35E5B4F09020DB03EAB1E031DDA2FBE03D1792170A0F3009CEE")]
    [InlineData("603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4",
        "601EC313775789A5B7A7F504BBF3D228F443E3CA4D62B59ACA84E990CACAF5C52B0930DAA23DE94CE87017BA2D84988DDFC9C58DB67AADA613C2DD08457941A6")]
    public void Counter_mode_is_that_of_SP_800_38A_F_5(string key, string expected)
    {
        Assert.SkipUnless(HardwareAesCounter.IsSupported, HasNoInstructions);
        foreach (var cipher in Ciphers(Convert.FromHexString(key)))
        {
            using (cipher)
            {
                var text = Convert.FromHexString(
                    "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411E5FBC1191A0A52EFF69F2445DF4F9B17AD2B417BE66C3710");

                cipher.Apply(text, 0xF0F1F2F3F4F5F6F7, 0xF8F9FAFBFCFDFEFF);

                Assert.Equal(expected, Convert.ToHexString(text));
            }
        }
    }

    [Fact]
    public void Every_length_is_encrypted_alike_and_no_byte_beyond_it()
    {
        Assert.SkipUnless(HardwareAesCounter.IsSupported, HasNoInstructions);
        foreach (var bytes in (int[])[16, 32])
        {
            var key = RandomNumberGenerator.GetBytes(bytes);
            using var hardware = new HardwareAesCounter(key);
            using var platform = new PlatformAesCounter(key);
            for (var length = 0; length <= 400; length++)
            {
                var (one, other) = (new byte[length + 16], new byte[length + 16]);
                hardware.Apply(one.AsSpan(0, length), (ulong)length, 0xFFFF_0000);
                platform.Apply(other.AsSpan(0, length), (ulong)length, 0xFFFF_0000);
                Assert.Equal(other, one);
            }
        }
    }

    [Fact]
    public void A_hash_is_the_systems_for_any_key_text_and_trailer()
    {
        Assert.SkipUnless(OpenSslHmacSha1.IsSupported, HasNoOpenSsl);
        Prop.ForAll(
            Bytes(0, 64).ToArbitrary(),
            Bytes(0, 600).ToArbitrary(),
            Bytes(0, 8).ToArbitrary(),
            (key, text, trailer) =>
            {
                using var ours = new OpenSslHmacSha1(key);
                using var system = new PlatformHmacSha1(key);
                var expected = HMACSHA1.HashData(key, (byte[])[.. text, .. trailer]);
                foreach (var hash in (HmacSha1[])[ours, system, ours])
                {
                    var actual = new byte[HmacSha1.HashBytes];
                    hash.Compute(text, trailer, actual);
                    Assert.Equal(expected, actual);
                }
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_OpenSSL_may_not_do_is_refused_before_it_is_asked()
    {
        Assert.SkipUnless(OpenSslHmacSha1.IsSupported, HasNoOpenSsl);
        using var hash = new OpenSslHmacSha1([]);

        Assert.Throws<ArgumentException>(() => new OpenSslHmacSha1(new byte[65]));
        Assert.Throws<ArgumentException>(() => hash.Compute([], [], new byte[HmacSha1.HashBytes - 1]));
    }

    private static AesCounter[] Ciphers(byte[] key) => [new HardwareAesCounter(key), new PlatformAesCounter(key)];

    private static Gen<byte[]> Bytes(int least, int most) =>
        Gen.Choose(least, most).SelectMany(length => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(length));
}
