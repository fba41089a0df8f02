using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TekSipCloud.Media.Dtls;

/// <summary>
/// What all DTLS-SRTP associations of this process share: our certificate, what we agree to (RFC 8827 §6.5), and the callbacks. Thread-safe.
/// </summary>
public sealed class DtlsContext : IDisposable
{
    // A party's certificate chain; WebRTC's are below 1 kB.
    private const int MaxCertificateListBytes = 16 * 1024;

    /// <summary>Best first. Ours is the choice when we are passive: AES-CM costs least here.</summary>
    private const string Profiles = "SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM:SRTP_AEAD_AES_256_GCM";

    // Forward secrecy and authenticated encryption only; RSA for parties that have such a key.
    private const string Ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:"
        + "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305";

    private static readonly string[] Groups = ["X25519", "P-256", "P-384"];

    private readonly DtlsCertificate _certificate;

    private DtlsContext(DtlsCertificate certificate, SslContextHandle handle, TimeProvider clock)
    {
        _certificate = certificate;
        Handle = handle;
        Clock = clock;
    }

    /// <summary>How many associations hold memory of OpenSSL's, in the whole process.</summary>
    public static int OpenAssociations => SslHandle.Open;

    /// <summary>What our descriptions say of our certificate.</summary>
    public CertificateFingerprint Fingerprint => _certificate.Fingerprint;

    internal SslContextHandle Handle { get; }

    internal TimeProvider Clock { get; }

    /// <summary>How long a flight first waits for its answer; then twice as long each time.</summary>
    internal TimeSpan FirstInterval { get; private init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long it waits at most.</summary>
    internal TimeSpan LongestInterval { get; private init; } = TimeSpan.FromSeconds(2);

    /// <summary>Makes our certificate and what goes with it.</summary>
    /// <param name="clock">Says when handshakes have taken too long.</param>
    /// <param name="context">The context; null when there can be none.</param>
    /// <param name="whyNot">What this machine lacks, for the operator; null when there is a context.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">OpenSSL is there but refuses what every OpenSSL 3 does.</exception>
    public static bool TryCreate(
        TimeProvider clock, [NotNullWhen(true)] out DtlsContext? context, [NotNullWhen(false)] out string? whyNot)
    {
        context = OpenSslLibrary.IsAvailable(out whyNot) ? Create(clock) : null;
        return context is not null;
    }

    /// <summary>Begins an association.</summary>
    /// <param name="role">Which side we are.</param>
    public DtlsAssociation Associate(DtlsRole role) => new(this, role);

    /// <summary>Lets go of the certificate; associations that are open go on.</summary>
    public void Dispose()
    {
        Handle.Dispose();
        _certificate.Dispose();
    }

    internal static DtlsContext Create(TimeProvider clock, TimeSpan? interval = null, string profiles = Profiles)
    {
        LibCrypto.ClearErrors();
        var certificate = DtlsCertificate.Create(clock);
        var handle = OpenSslError.Checked(LibSsl.NewContext(LibSsl.DtlsMethod()));
        Restrict(handle);
        // Zero means success here.
        OpenSslError.Check(LibSsl.UseSrtp(handle, profiles) == 0, "SRTP profiles");
        OpenSslError.Check(LibSsl.UseCertificate(handle, certificate.Certificate) == 1, "the certificate");
        OpenSslError.Check(LibSsl.UsePrivateKey(handle, certificate.Key) == 1 && LibSsl.CheckPrivateKey(handle) == 1, "the key");
        SetCallbacks(handle);
        return interval is { } always
            ? new(certificate, handle, clock) { FirstInterval = always, LongestInterval = always }
            : new(certificate, handle, clock);
    }

    private static unsafe void Restrict(SslContextHandle handle)
    {
        // RFC 8827 §6.5: 1.2 at least, which is also the last that OpenSSL 3 speaks.
        OpenSslError.Check(LibSsl.Control(handle, LibSsl.SetMinVersion, LibSsl.Dtls12, null) == 1, "DTLS 1.2");
        OpenSslError.Check(LibSsl.Control(handle, LibSsl.SetMaxVersion, LibSsl.Dtls12, null) == 1, "DTLS 1.2");
        OpenSslError.Check(LibSsl.SetCiphers(handle, Ciphers) == 1, "cipher suites");
        var groups = Marshal.StringToCoTaskMemUTF8(string.Join(':', Groups));
        var hasGroups = LibSsl.Control(handle, LibSsl.SetGroupsList, 0, (byte*)groups) == 1;
        Marshal.FreeCoTaskMem(groups);
        OpenSslError.Check(hasGroups, "groups");

        // Nothing is resumed: each handshake shows its certificate.
        _ = LibSsl.Control(handle, LibSsl.SetSessionCacheMode, 0, null);
        _ = LibSsl.Control(handle, LibSsl.SetMaxCertificateList, MaxCertificateListBytes, null);
        // A buffer of what is sent at most instead of TLS's 16 kB, for each call.
        _ = LibSsl.Control(handle, LibSsl.SetMaxSendFragment, DtlsAssociation.MaxSentBytes, null);
        _ = LibSsl.SetOptions(
            handle,
            LibSsl.NoQueryMtu | LibSsl.NoTicket | LibSsl.NoCompression | LibSsl.NoRenegotiation | LibSsl.CipherServerPreference | LibSsl.CookieExchange);
    }

    private static unsafe void SetCallbacks(SslContextHandle handle)
    {
        // RFC 5764 §4.2 with RFC 8827 §6.5: both sides show a certificate.
        LibSsl.SetVerify(handle, LibSsl.VerifyPeer | LibSsl.VerifyFailIfNoPeerCertificate, 0);
        LibSsl.SetVerifyCallback(handle, &DtlsCallbacks.VerifyCertificate, 0);
        LibSsl.SetCookieWriter(handle, &DtlsCallbacks.WriteCookie);
        LibSsl.SetCookieReader(handle, &DtlsCallbacks.VerifyCookie);
    }
}
