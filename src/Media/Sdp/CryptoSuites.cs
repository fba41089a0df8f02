using System.Text;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Sdp;

/// <summary>Finds profiles by the names they have in a=crypto (RFC 4568 §6.2, RFC 7714 §14.2).</summary>
internal static class CryptoSuites
{
    public static bool TryFind(ReadOnlySpan<byte> name, out SrtpProfile profile)
    {
        for (profile = SrtpProfile.AesCm128HmacSha1Tag80; profile <= SrtpProfile.AeadAes256Gcm; profile++)
        {
            if (Ascii.Equals(name, profile.SuiteName()))
                return true;
        }

        return false;
    }
}
