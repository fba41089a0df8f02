using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TekSipCloud.Media.Dtls;

/// <summary>An SSL object, and by what OpenSSL's callbacks find whose it is.</summary>
internal sealed class SslHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    // SSL_set_app_data's place.
    private const int OwnerIndex = 0;

    private static int _open;
    private GCHandle _owner;

    /// <summary>How many there are in the process.</summary>
    public static int Open => Volatile.Read(ref _open);

    /// <summary>A new one that reads and writes memory.</summary>
    public static SslHandle Create(SslContextHandle context, DtlsAssociation owner, BioHandle input, BioHandle output)
    {
        var ssl = OpenSslError.Checked(LibSsl.New(context));
        _ = Interlocked.Increment(ref _open);
        // Weak: an association that is forgotten without being ended must be collected with what it holds.
        ssl._owner = GCHandle.Alloc(owner, GCHandleType.Weak);
        OpenSslError.Check(LibSsl.SetData(ssl, OwnerIndex, GCHandle.ToIntPtr(ssl._owner)) == 1, "the owner");
        // Each side frees one reference.
        OpenSslError.Check(LibCrypto.ShareBio(input) == 1 && LibCrypto.ShareBio(output) == 1, "the memory");
        LibSsl.GiveInput(ssl, input);
        LibSsl.GiveOutput(ssl, output);
        return ssl;
    }

    /// <summary>Whose an SSL object is; null when it is being ended.</summary>
    public static DtlsAssociation? OwnerOf(nint ssl)
    {
        var owner = LibSsl.GetData(ssl, OwnerIndex);
        return owner == 0 ? null : GCHandle.FromIntPtr(owner).Target as DtlsAssociation;
    }

    protected override bool ReleaseHandle()
    {
        LibSsl.Free(handle);
        if (_owner.IsAllocated)
            _owner.Free();
        _ = Interlocked.Decrement(ref _open);
        return true;
    }
}
