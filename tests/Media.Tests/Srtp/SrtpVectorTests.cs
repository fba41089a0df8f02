using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Tests.Srtp;

/// <summary>The examples of RFC 3711 Appendix B and of RFC 7714 §16 and §17.</summary>
public sealed class SrtpVectorTests
{
    [Theory]
    [InlineData(KeyDerivation.RtpEncryption, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(KeyDerivation.RtpSalt, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(KeyDerivation.RtpAuthentication, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4")]
    public void Session_keys_are_those_of_RFC_3711_B_3(byte label, string expected)
    {
        var master = Key(SrtpProfile.AesCm128HmacSha1Tag80, "E1F97A0D3E018BE0D64FA32C06DE41390EC675AD498AFEEBB6960B3AABE6");
        var derived = new byte[expected.Length / 2];

        using var keys = new KeyDerivation(master);
        keys.Derive(label, derived);

        Assert.Equal(expected, Convert.ToHexString(derived));
    }

    [Fact]
    public void The_key_stream_is_that_of_RFC_3711_B_2()
    {
        using var cipher = AesCounter.Create(Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C"));
        var stream = new byte[3 * 16];

        cipher.Apply(stream, 0xF0F1F2F3F4F5F6F7, 0xF8F9FAFBFCFD0000);

        Assert.Equal(
            "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0",
            Convert.ToHexString(stream));
    }

    [Fact]
    public void The_key_stream_reaches_as_far_as_in_RFC_3711_B_2()
    {
        using var cipher = AesCounter.Create(Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C"));
        var stream = new byte[3 * 16];

        cipher.Apply(stream, 0xF0F1F2F3F4F5F6F7, 0xF8F9FAFBFCFDFEFF);

        Assert.Equal(
            "EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE6A2CC3787889374FBEB4C81B17BA6C44",
            Convert.ToHexString(stream));
    }

    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f",
        "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13")]
    public void A_packet_is_protected_as_in_RFC_7714_16(string key, string expected)
    {
        using var transform = new AesGcmTransform(Convert.FromHexString(key), Convert.FromHexString("517569642070726f2071756f"));
        byte[] packet = [.. Convert.FromHexString("8040f17b8041f8d35501a0b2"), .. "Gallia est omnis divisa in partes tres"u8];
        var tag = new byte[16];
        var id = new PacketId(0x5501a0b2, 0xf17b);

        transform.Seal(packet, 12, [], id, tag);

        Assert.Equal(expected, Convert.ToHexStringLower([.. packet[12..], .. tag]));
        Assert.True(transform.TryOpen(packet, 12, [], id, tag));
        Assert.Equal("Gallia est omnis divisa in partes tres"u8, packet.AsSpan(12));
    }

    [Fact]
    public void A_report_is_protected_as_in_RFC_7714_17()
    {
        using var transform = new AesGcmTransform(
            Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), Convert.FromHexString("517569642070726f2071756f"));
        var packet = Convert.FromHexString(
            "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
        var tag = new byte[16];

        transform.Seal(packet, 8, Convert.FromHexString("800005d4"), new(0x4d617273, 0x5d4), tag);

        Assert.Equal(
            "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade",
            Convert.ToHexStringLower([.. packet[8..], .. tag]));
    }

    private static SrtpKey Key(SrtpProfile profile, string hex) => new(profile, Convert.FromHexString(hex));
}
