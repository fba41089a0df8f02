using Microsoft.Win32.SafeHandles;

namespace TekSipCloud.Media.Dtls;

/// <summary>A private key of OpenSSL's.</summary>
internal sealed class PrivateKeyHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreePrivateKey(handle);
        return true;
    }
}
