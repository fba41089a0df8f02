using System.Runtime.InteropServices;

namespace TekSipCloud.Media.Dtls;

/// <summary>What is called of OpenSSL's libcrypto, by its own names.</summary>
internal static unsafe partial class LibCrypto
{
    /// <summary>The library's file.</summary>
    public const string Name = "libcrypto.so.3";

    public const int BioReset = 1;
    public const int BioInfo = 3;
    public const int CertificateRejected = 28;
    public const int MaxDigestBytes = 64;

    [LibraryImport(Name, EntryPoint = "BIO_s_mem")]
    public static partial nint MemoryBio();

    [LibraryImport(Name, EntryPoint = "BIO_new")]
    public static partial BioHandle NewBio(nint method);

    [LibraryImport(Name, EntryPoint = "BIO_up_ref")]
    public static partial int ShareBio(BioHandle bio);

    [LibraryImport(Name, EntryPoint = "BIO_free")]
    public static partial int FreeBio(nint bio);

    [LibraryImport(Name, EntryPoint = "BIO_ctrl")]
    public static partial nint Control(BioHandle bio, int command, nint number, void* pointer);

    [LibraryImport(Name, EntryPoint = "BIO_read")]
    public static partial int Read(BioHandle bio, byte* buffer, int length);

    [LibraryImport(Name, EntryPoint = "BIO_write")]
    public static partial int Write(BioHandle bio, byte* buffer, int length);

    [LibraryImport(Name, EntryPoint = "BIO_ADDR_new")]
    public static partial BioAddressHandle NewAddress();

    [LibraryImport(Name, EntryPoint = "BIO_ADDR_free")]
    public static partial void FreeAddress(nint address);

    [LibraryImport(Name, EntryPoint = "d2i_X509")]
    public static partial X509Handle ReadCertificate(nint reuse, byte** der, nint length);

    [LibraryImport(Name, EntryPoint = "X509_free")]
    public static partial void FreeCertificate(nint certificate);

    [LibraryImport(Name, EntryPoint = "X509_digest")]
    public static partial int Digest(nint certificate, nint algorithm, byte* digest, uint* length);

    [LibraryImport(Name, EntryPoint = "d2i_AutoPrivateKey")]
    public static partial PrivateKeyHandle ReadPrivateKey(nint reuse, byte** der, nint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_free")]
    public static partial void FreePrivateKey(nint key);

    [LibraryImport(Name, EntryPoint = "EVP_get_digestbyname", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FindDigest(string name);

    [LibraryImport(Name, EntryPoint = "X509_STORE_CTX_get_ex_data")]
    public static partial nint GetStoreData(nint store, int index);

    [LibraryImport(Name, EntryPoint = "X509_STORE_CTX_get0_cert")]
    public static partial nint GetStoreCertificate(nint store);

    [LibraryImport(Name, EntryPoint = "X509_STORE_CTX_set_error")]
    public static partial void SetStoreError(nint store, int error);

    [LibraryImport(Name, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    [LibraryImport(Name, EntryPoint = "ERR_peek_error")]
    public static partial CULong PeekError();

    [LibraryImport(Name, EntryPoint = "ERR_reason_error_string")]
    public static partial byte* ReasonOf(CULong error);
}
