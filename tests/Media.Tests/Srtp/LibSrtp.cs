using System.Runtime.InteropServices;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Tests.Srtp;

/// <summary>One end by libsrtp, which most phones and every browser have: the other implementation to be understood by.</summary>
internal sealed class LibSrtp : IDisposable
{
    private const string Library = "libsrtp2.so.1";

    // srtp_policy_t of libsrtp 2 where long has eight bytes.
    private const int PolicyBytes = 128;
    private const int RtpPolicyAt = 8;
    private const int RtcpPolicyAt = 32;
    private const int KeysAt = 64;
    private const int KeyCountAt = 72;
    private const int MasterKeyBytes = 24;
    private const int AnyInbound = 2;
    private const int AnyOutbound = 3;

    private static readonly nint Loaded = Load();

    private readonly nint _session;
    private readonly bool _hasIdentifier;

    /// <summary>Makes one that only sends or only receives, as libsrtp has it.</summary>
    /// <param name="key">The key, its identifier too.</param>
    /// <param name="sends">Whether it sends.</param>
    /// <param name="hasShortReportTags">Whether tags of RTCP are as short as those of RTP, as many phones have them.</param>
    public LibSrtp(SrtpKey key, bool sends, bool hasShortReportTags = false)
    {
        _hasIdentifier = !key.Identifier.IsEmpty;
        var memory = Marshal.AllocHGlobal(PolicyBytes + MasterKeyBytes + sizeof(long) + 256);
        try
        {
            _session = Create(memory, key, sends ? AnyOutbound : AnyInbound, hasShortReportTags);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    private delegate int InitCall();

    private delegate void PolicyCall(nint policy);

    private delegate int CreateCall(out nint session, nint policy);

    private delegate int ProtectCall(nint session, [In, Out] byte[] packet, ref int length, uint hasIdentifier, uint key);

    private delegate int UnprotectCall(nint session, [In, Out] byte[] packet, ref int length, uint hasIdentifier);

    private delegate int FreeCall(nint session);

    /// <summary>What it makes of a packet.</summary>
    public byte[] Protect(byte[] packet, bool isReport)
    {
        byte[] buffer = [.. packet, .. new byte[160]];
        var length = packet.Length;
        Succeed(Find<ProtectCall>(isReport ? "srtp_protect_rtcp_mki" : "srtp_protect_mki")(
            _session, buffer, ref length, _hasIdentifier ? 1u : 0, 0));
        return buffer[..length];
    }

    /// <summary>What it makes of a protected packet; null when it refuses it.</summary>
    public byte[]? Unprotect(byte[] packet, bool isReport)
    {
        var buffer = packet.ToArray();
        var length = packet.Length;
        var status = Find<UnprotectCall>(isReport ? "srtp_unprotect_rtcp_mki" : "srtp_unprotect_mki")(
            _session, buffer, ref length, _hasIdentifier ? 1u : 0);
        return status == 0 ? buffer[..length] : null;
    }

    public void Dispose() => Find<FreeCall>("srtp_dealloc")(_session);

    private static nint Load()
    {
        var library = NativeLibrary.Load(Library);
        Succeed(Marshal.GetDelegateForFunctionPointer<InitCall>(NativeLibrary.GetExport(library, "srtp_init"))());
        return library;
    }

    private static nint Create(nint memory, SrtpKey key, int direction, bool hasShortReportTags)
    {
        var (keyAt, listAt, bytesAt) = (memory + PolicyBytes, memory + PolicyBytes + MasterKeyBytes, memory + PolicyBytes + MasterKeyBytes + sizeof(long));
        var identifierAt = bytesAt + key.Bytes.Length;
        Marshal.Copy(new byte[PolicyBytes + MasterKeyBytes], 0, memory, PolicyBytes + MasterKeyBytes);
        Marshal.Copy(key.Bytes.ToArray(), 0, bytesAt, key.Bytes.Length);
        Marshal.Copy(key.Identifier.ToArray(), 0, identifierAt, key.Identifier.Length);

        Marshal.WriteInt32(memory, direction);
        Find<PolicyCall>(PolicyOf(key.Profile))(memory + RtpPolicyAt);
        var ofReports = key.Profile == SrtpProfile.AesCm128HmacSha1Tag32 && !hasShortReportTags ? SrtpProfile.AesCm128HmacSha1Tag80 : key.Profile;
        Find<PolicyCall>(PolicyOf(ofReports))(memory + RtcpPolicyAt);
        Marshal.WriteIntPtr(memory + KeysAt, listAt);
        Marshal.WriteIntPtr(memory + KeyCountAt, 1);
        Marshal.WriteIntPtr(listAt, keyAt);

        // srtp_master_key_t: the key, its identifier, the identifier's length.
        Marshal.WriteIntPtr(keyAt, bytesAt);
        Marshal.WriteIntPtr(keyAt + 8, identifierAt);
        Marshal.WriteInt32(keyAt + 16, key.Identifier.Length);
        Succeed(Find<CreateCall>("srtp_create")(out var session, memory));
        return session;
    }

    private static string PolicyOf(SrtpProfile profile) => profile switch
    {
        SrtpProfile.AesCm128HmacSha1Tag80 => "srtp_crypto_policy_set_rtp_default",
        SrtpProfile.AesCm128HmacSha1Tag32 => "srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32",
        SrtpProfile.AeadAes128Gcm => "srtp_crypto_policy_set_aes_gcm_128_16_auth",
        _ => "srtp_crypto_policy_set_aes_gcm_256_16_auth",
    };

    private static T Find<T>(string function)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Loaded, function));

    private static void Succeed(int status)
    {
        if (status != 0)
            throw new InvalidOperationException($"libsrtp: error {status}.");
    }
}
