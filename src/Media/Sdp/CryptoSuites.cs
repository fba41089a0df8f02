using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Sdp;

/// <summary>The names that profiles have in a=crypto (RFC 4568 §6.2, RFC 7714 §14.2).</summary>
internal static class CryptoSuites
{
    public static ReadOnlySpan<byte> NameOf(SrtpProfile profile) => profile switch
    {
        SrtpProfile.AesCm128HmacSha1Tag80 => "AES_CM_128_HMAC_SHA1_80"u8,
        SrtpProfile.AesCm128HmacSha1Tag32 => "AES_CM_128_HMAC_SHA1_32"u8,
        SrtpProfile.AeadAes128Gcm => "AEAD_AES_128_GCM"u8,
        _ => "AEAD_AES_256_GCM"u8,
    };

    public static bool TryFind(ReadOnlySpan<byte> name, out SrtpProfile profile)
    {
        for (profile = SrtpProfile.AesCm128HmacSha1Tag80; profile <= SrtpProfile.AeadAes256Gcm; profile++)
        {
            if (name.SequenceEqual(NameOf(profile)))
                return true;
        }

        return false;
    }
}
