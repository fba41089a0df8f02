using System.Text;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>Keys in descriptions: RFC 4568.</summary>
public sealed class CryptoAttributeTests
{
    private const string Key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    public static TheoryData<SrtpProfile> Profiles => [.. Enum.GetValues<SrtpProfile>()];

    [Theory]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^20", SrtpProfile.AesCm128HmacSha1Tag80)]
    [InlineData("2 AES_CM_128_HMAC_SHA1_32 inline:" + Key, SrtpProfile.AesCm128HmacSha1Tag32)]
    [InlineData("999999999 AES_CM_128_HMAC_SHA1_80  inline:" + Key + "|1024 WSH=64", SrtpProfile.AesCm128HmacSha1Tag80)]
    [InlineData("1 AEAD_AES_128_GCM inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw", SrtpProfile.AeadAes128Gcm)]
    public void A_key_is_read(string value, SrtpProfile profile)
    {
        Assert.True(CryptoAttribute.TryParse(Encoding.ASCII.GetBytes(value), out var crypto));
        Assert.Equal(profile, crypto.Key.Profile);
        Assert.Equal(int.Parse(value.Split(' ')[0], null), crypto.Tag);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("|2^20", "")]
    [InlineData("|1:1", "01")]
    [InlineData("|2^31|1:4", "00000001")]
    [InlineData("|1024|4660:2", "1234")]
    [InlineData("|2^20|18446744073709551615:9", "00FFFFFFFFFFFFFFFF")]
    public void A_keys_identifier_is_read_with_or_without_a_lifetime(string behind, string identifier)
    {
        Assert.True(CryptoAttribute.TryParse(Encoding.ASCII.GetBytes("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + behind), out var crypto));
        Assert.Equal(identifier, Convert.ToHexString(crypto.Key.Identifier));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0 AES_CM_128_HMAC_SHA1_80 inline:" + Key)]
    [InlineData("1234567890 AES_CM_128_HMAC_SHA1_80 inline:" + Key)]
    [InlineData("x AES_CM_128_HMAC_SHA1_80 inline:" + Key)]
    [InlineData("1 F8_128_HMAC_SHA1_80 inline:" + Key)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "AAAA")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:!VNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz")]
    [InlineData("1 AEAD_AES_256_GCM inline:" + Key)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^20|1:0")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^20|1:129")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^20|256:1")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^20|x:4")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^20|:4")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^20|1:")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^20|1:4;inline:" + Key + "|2^20|2:4")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + " UNENCRYPTED_SRTP")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + " UNAUTHENTICATED_SRTP")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + " KDR=1")]
    public void What_is_no_key_or_asks_for_more_is_passed_over(string value) =>
        Assert.False(CryptoAttribute.TryParse(Encoding.ASCII.GetBytes(value), out _));

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_is_written_is_read_again(SrtpProfile profile)
    {
        var crypto = new CryptoAttribute(17, SrtpKey.Create(profile));
        var buffer = new byte[120];
        var length = crypto.Write(buffer);

        Assert.True(CryptoAttribute.TryParse(buffer.AsSpan(0, length), out var read));
        Assert.Equal(17, read.Tag);
        Assert.True(read.Key.IsSameAs(crypto.Key));
    }
}
