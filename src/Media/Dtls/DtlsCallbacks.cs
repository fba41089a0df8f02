using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TekSipCloud.Media.Dtls;

/// <summary>What OpenSSL asks during a handshake. An exception may not pass through it, and nothing here throws.</summary>
internal static unsafe class DtlsCallbacks
{
    /// <summary>Whether the certificate in a X509_STORE_CTX is the party's. Nothing else of it counts: nobody vouches for it (RFC 8827 §6.5).</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int VerifyCertificate(nint store, nint argument)
    {
        var ssl = LibCrypto.GetStoreData(store, LibSsl.StoreDataIndex());
        if (SslHandle.OwnerOf(ssl) is { } owner && owner.Believes(LibCrypto.GetStoreCertificate(store)))
            return 1;

        // Becomes the alert bad_certificate (RFC 8122 §6.2).
        LibCrypto.SetStoreError(store, LibCrypto.CertificateRejected);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int WriteCookie(nint ssl, byte* cookie, uint* length)
    {
        if (SslHandle.OwnerOf(ssl) is not { } owner)
            return 0;

        owner.Cookie.CopyTo(new Span<byte>(cookie, DtlsAssociation.CookieBytes));
        *length = DtlsAssociation.CookieBytes;
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int VerifyCookie(nint ssl, byte* cookie, uint length) =>
        SslHandle.OwnerOf(ssl) is { } owner && length == DtlsAssociation.CookieBytes && owner.IsCookie(new(cookie, (int)length)) ? 1 : 0;

    /// <summary>Microseconds until a flight is sent again; <paramref name="last"/> is 0 for one just sent.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static uint ChooseInterval(nint ssl, uint last) => SslHandle.OwnerOf(ssl)?.IntervalAfter(last) ?? 0;
}
