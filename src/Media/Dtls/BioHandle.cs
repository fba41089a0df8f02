using Microsoft.Win32.SafeHandles;

namespace TekSipCloud.Media.Dtls;

/// <summary>A memory BIO: bytes on their way into OpenSSL or out of it.</summary>
internal sealed unsafe class BioHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <summary>What was written to it and not read; valid until the next call.</summary>
    public ReadOnlySpan<byte> Pending
    {
        get
        {
            byte* bytes;
            var length = LibCrypto.Control(this, LibCrypto.BioInfo, 0, &bytes);
            return length > 0 ? new(bytes, (int)length) : default;
        }
    }

    /// <summary>An empty one.</summary>
    public static BioHandle Create() => OpenSslError.Checked(LibCrypto.NewBio(LibCrypto.MemoryBio()));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
            _ = LibCrypto.Write(this, first, bytes.Length);
    }

    public void Read(Span<byte> bytes)
    {
        fixed (byte* first = bytes)
            _ = LibCrypto.Read(this, first, bytes.Length);
    }

    /// <summary>Forgets what is pending.</summary>
    public void Clear() => _ = LibCrypto.Control(this, LibCrypto.BioReset, 0, null);

    protected override bool ReleaseHandle() => LibCrypto.FreeBio(handle) == 1;
}
