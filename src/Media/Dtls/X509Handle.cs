using Microsoft.Win32.SafeHandles;

namespace TekSipCloud.Media.Dtls;

/// <summary>A certificate of OpenSSL's.</summary>
internal sealed class X509Handle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeCertificate(handle);
        return true;
    }
}
