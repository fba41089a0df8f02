namespace TekSipCloud.Media.Srtp;

/// <summary>The sizes a profile has.</summary>
public static class SrtpProfiles
{
    /// <summary>The longest master key, in bytes.</summary>
    public const int MaxKeyBytes = 32;

    /// <summary>The longest master salt, in bytes.</summary>
    public const int MaxSaltBytes = 14;

    /// <summary>The longest packet that can be protected, in bytes.</summary>
    public const int MaxPacketBytes = 2048;

    /// <summary>What protecting adds at most to a packet: an RTCP packet's tag and index.</summary>
    public const int MaxOverheadBytes = 20;

    /// <summary>The name in session descriptions (RFC 4568 §6.2, RFC 7714 §14.2).</summary>
    public static string SuiteName(this SrtpProfile profile) => profile switch
    {
        SrtpProfile.AesCm128HmacSha1Tag80 => "AES_CM_128_HMAC_SHA1_80",
        SrtpProfile.AesCm128HmacSha1Tag32 => "AES_CM_128_HMAC_SHA1_32",
        SrtpProfile.AeadAes128Gcm => "AEAD_AES_128_GCM",
        _ => "AEAD_AES_256_GCM",
    };

    /// <summary>The profile of a suite's name in session descriptions; null for none.</summary>
    public static SrtpProfile? Find(string suiteName)
    {
        for (var profile = SrtpProfile.AesCm128HmacSha1Tag80; profile <= SrtpProfile.AeadAes256Gcm; profile++)
        {
            if (profile.SuiteName() == suiteName)
                return profile;
        }

        return null;
    }

    /// <summary>Bytes of the master key, and of the cipher's key made from it.</summary>
    public static int KeyBytes(this SrtpProfile profile) => profile == SrtpProfile.AeadAes256Gcm ? 32 : 16;

    /// <summary>Bytes of the master salt, and of the salt made from it.</summary>
    public static int SaltBytes(this SrtpProfile profile) => profile.IsAead() ? 12 : 14;

    /// <summary>Bytes of the tag of an RTP packet.</summary>
    public static int RtpTagBytes(this SrtpProfile profile) => profile switch
    {
        SrtpProfile.AesCm128HmacSha1Tag80 => 10,
        SrtpProfile.AesCm128HmacSha1Tag32 => 4,
        _ => 16,
    };

    /// <summary>Bytes of the tag of an RTCP packet: RFC 4568 §6.2.2 keeps ten for the profile of the short tag.</summary>
    public static int RtcpTagBytes(this SrtpProfile profile) => profile.IsAead() ? 16 : 10;

    /// <summary>Whether one algorithm both encrypts and authenticates.</summary>
    public static bool IsAead(this SrtpProfile profile) => profile is SrtpProfile.AeadAes128Gcm or SrtpProfile.AeadAes256Gcm;
}
