using Microsoft.Win32.SafeHandles;

namespace TekSipCloud.Media.Dtls;

/// <summary>An SSL_CTX.</summary>
internal sealed class SslContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibSsl.FreeContext(handle);
        return true;
    }
}
