using Microsoft.Win32.SafeHandles;

namespace TekSipCloud.Media.Dtls;

/// <summary>A BIO_ADDR, which memory has none of but OpenSSL wants to write.</summary>
internal sealed class BioAddressHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeAddress(handle);
        return true;
    }
}
