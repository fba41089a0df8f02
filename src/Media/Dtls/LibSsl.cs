using System.Runtime.InteropServices;

namespace TekSipCloud.Media.Dtls;

/// <summary>What is called of OpenSSL's libssl, by its own names.</summary>
internal static unsafe partial class LibSsl
{
    /// <summary>The library's file.</summary>
    public const string Name = "libssl.so.3";

    public const int Dtls12 = 0xFEFD;
    public const int VerifyPeer = 0x01;
    public const int VerifyFailIfNoPeerCertificate = 0x02;
    public const ulong NoQueryMtu = 1UL << 12;
    public const ulong CookieExchange = 1UL << 13;
    public const ulong NoTicket = 1UL << 14;
    public const ulong NoCompression = 1UL << 17;
    public const ulong CipherServerPreference = 1UL << 22;
    public const ulong NoRenegotiation = 1UL << 30;
    public const int SetMtu = 17;
    public const int SetSessionCacheMode = 44;
    public const int SetMaxCertificateList = 51;
    public const int SetMaxSendFragment = 52;
    public const int GetTimeout = 73;
    public const int HandleTimeout = 74;
    public const int SetGroupsList = 92;
    public const int SetMinVersion = 123;
    public const int SetMaxVersion = 124;
    public const int ErrorWantRead = 2;
    public const int ErrorWantWrite = 3;
    public const int ErrorZeroReturn = 6;

    [LibraryImport(Name, EntryPoint = "DTLS_method")]
    public static partial nint DtlsMethod();

    [LibraryImport(Name, EntryPoint = "SSL_CTX_new")]
    public static partial SslContextHandle NewContext(nint method);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_free")]
    public static partial void FreeContext(nint context);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint Control(SslContextHandle context, int command, nint number, byte* pointer);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong SetOptions(SslContextHandle context, ulong options);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_cipher_list", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetCiphers(SslContextHandle context, string ciphers);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_tlsext_use_srtp", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UseSrtp(SslContextHandle context, string profiles);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_use_certificate")]
    public static partial int UseCertificate(SslContextHandle context, X509Handle certificate);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_use_PrivateKey")]
    public static partial int UsePrivateKey(SslContextHandle context, PrivateKeyHandle key);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_check_private_key")]
    public static partial int CheckPrivateKey(SslContextHandle context);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_verify")]
    public static partial void SetVerify(SslContextHandle context, int mode, nint callback);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_cert_verify_callback")]
    public static partial void SetVerifyCallback(SslContextHandle context, delegate* unmanaged[Cdecl]<nint, nint, int> callback, nint argument);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_cookie_generate_cb")]
    public static partial void SetCookieWriter(SslContextHandle context, delegate* unmanaged[Cdecl]<nint, byte*, uint*, int> callback);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_cookie_verify_cb")]
    public static partial void SetCookieReader(SslContextHandle context, delegate* unmanaged[Cdecl]<nint, byte*, uint, int> callback);

    [LibraryImport(Name, EntryPoint = "SSL_new")]
    public static partial SslHandle New(SslContextHandle context);

    [LibraryImport(Name, EntryPoint = "SSL_free")]
    public static partial void Free(nint ssl);

    [LibraryImport(Name, EntryPoint = "SSL_set0_rbio")]
    public static partial void GiveInput(SslHandle ssl, BioHandle bio);

    [LibraryImport(Name, EntryPoint = "SSL_set0_wbio")]
    public static partial void GiveOutput(SslHandle ssl, BioHandle bio);

    [LibraryImport(Name, EntryPoint = "SSL_set_ex_data")]
    public static partial int SetData(SslHandle ssl, int index, nint data);

    [LibraryImport(Name, EntryPoint = "SSL_get_ex_data")]
    public static partial nint GetData(nint ssl, int index);

    [LibraryImport(Name, EntryPoint = "SSL_get_ex_data_X509_STORE_CTX_idx")]
    public static partial int StoreDataIndex();

    [LibraryImport(Name, EntryPoint = "DTLS_set_timer_cb")]
    public static partial void SetTimer(SslHandle ssl, delegate* unmanaged[Cdecl]<nint, uint, uint> callback);

    [LibraryImport(Name, EntryPoint = "SSL_ctrl")]
    public static partial nint Control(SslHandle ssl, int command, nint number, void* pointer);

    [LibraryImport(Name, EntryPoint = "SSL_set_connect_state")]
    public static partial void BecomeClient(SslHandle ssl);

    [LibraryImport(Name, EntryPoint = "SSL_set_accept_state")]
    public static partial void BecomeServer(SslHandle ssl);

    [LibraryImport(Name, EntryPoint = "DTLSv1_listen")]
    public static partial int Listen(SslHandle ssl, BioAddressHandle peer);

    [LibraryImport(Name, EntryPoint = "SSL_do_handshake")]
    public static partial int DoHandshake(SslHandle ssl);

    [LibraryImport(Name, EntryPoint = "SSL_read")]
    public static partial int Read(SslHandle ssl, byte* buffer, int length);

    [LibraryImport(Name, EntryPoint = "SSL_shutdown")]
    public static partial int Shutdown(SslHandle ssl);

    [LibraryImport(Name, EntryPoint = "SSL_get_error")]
    public static partial int GetError(SslHandle ssl, int result);

    [LibraryImport(Name, EntryPoint = "SSL_get_selected_srtp_profile")]
    public static partial SrtpProtectionProfile* GetSrtpProfile(SslHandle ssl);

    [LibraryImport(Name, EntryPoint = "SSL_export_keying_material")]
    public static partial int ExportKeys(
        SslHandle ssl, byte* output, nuint length, byte* label, nuint labelLength, byte* context, nuint contextLength, int useContext);

    [LibraryImport(Name, EntryPoint = "SSL_get1_peer_certificate")]
    public static partial X509Handle GetPeerCertificate(SslHandle ssl);
}
