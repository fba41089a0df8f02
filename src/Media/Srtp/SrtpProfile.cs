namespace TekSipCloud.Media.Srtp;

/// <summary>How media is encrypted and authenticated; the crypto suites of RFC 4568 §6.2 and RFC 7714 §14.2.</summary>
public enum SrtpProfile
{
    /// <summary><c>AES_CM_128_HMAC_SHA1_80</c>, which every implementation has (RFC 4568 §6.2.1).</summary>
    AesCm128HmacSha1Tag80,

    /// <summary><c>AES_CM_128_HMAC_SHA1_32</c>: the tag of RTP has four bytes, that of RTCP ten (RFC 4568 §6.2.2).</summary>
    AesCm128HmacSha1Tag32,

    /// <summary><c>AEAD_AES_128_GCM</c> (RFC 7714).</summary>
    AeadAes128Gcm,

    /// <summary><c>AEAD_AES_256_GCM</c> (RFC 7714).</summary>
    AeadAes256Gcm,
}
