using System.Runtime.InteropServices;

namespace TekSipCloud.Media.Dtls;

/// <summary>OpenSSL's SRTP_PROTECTION_PROFILE.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct SrtpProtectionProfile
{
    public readonly nint Name;

    /// <summary>The number of RFC 5764 §4.1.2 and RFC 7714 §14.2.</summary>
    public readonly CULong Id;
}
