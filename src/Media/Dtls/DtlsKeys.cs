using System.Security.Cryptography;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Dtls;

/// <summary>Takes SRTP's keys out of a handshake that is over (RFC 5764 §4.2).</summary>
internal static unsafe class DtlsKeys
{
    private static ReadOnlySpan<byte> Label => "EXTRACTOR-dtls_srtp"u8;

    /// <summary>What both agreed on (RFC 5764 §4.1.2, RFC 7714 §14.2); null for nothing.</summary>
    public static SrtpProfile? ProfileOf(SslHandle ssl)
    {
        var profile = LibSsl.GetSrtpProfile(ssl);
        return profile is null ? null : (ulong)profile->Id.Value switch
        {
            0x0001 => SrtpProfile.AesCm128HmacSha1Tag80,
            0x0002 => SrtpProfile.AesCm128HmacSha1Tag32,
            0x0007 => SrtpProfile.AeadAes128Gcm,
            0x0008 => SrtpProfile.AeadAes256Gcm,
            _ => null,
        };
    }

    /// <summary>The keys of both ways.</summary>
    public static SrtpKeys Export(SslHandle ssl, SrtpProfile profile, DtlsRole role)
    {
        var key = profile.KeyBytes();
        var salt = profile.SaltBytes();
        Span<byte> material = stackalloc byte[2 * (SrtpProfiles.MaxKeyBytes + SrtpProfiles.MaxSaltBytes)];
        material = material[..(2 * (key + salt))];
        fixed (byte* output = material)
        fixed (byte* label = Label)
            OpenSslError.Check(LibSsl.ExportKeys(ssl, output, (nuint)material.Length, label, (nuint)Label.Length, null, 0, 0) == 1, "the keys");

        // RFC 5764 §4.2: the client's key, the server's key, the client's salt, the server's salt.
        var client = Join(profile, material[..key], material.Slice(2 * key, salt));
        var server = Join(profile, material.Slice(key, key), material[(2 * key + salt)..]);
        CryptographicOperations.ZeroMemory(material);
        return role == DtlsRole.Active ? new(Theirs: server, Ours: client) : new(Theirs: client, Ours: server);
    }

    private static SrtpKey Join(SrtpProfile profile, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        Span<byte> both = stackalloc byte[SrtpProfiles.MaxKeyBytes + SrtpProfiles.MaxSaltBytes];
        both = both[..(key.Length + salt.Length)];
        key.CopyTo(both);
        salt.CopyTo(both[key.Length..]);
        var joined = new SrtpKey(profile, both);
        CryptographicOperations.ZeroMemory(both);
        return joined;
    }
}
