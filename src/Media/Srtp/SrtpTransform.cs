namespace TekSipCloud.Media.Srtp;

/// <summary>What one session key does to packets, of RTP or of RTCP: encrypts a part and authenticates the whole.</summary>
/// <remarks>Allocates nothing per packet. One thread at a time.</remarks>
internal abstract class SrtpTransform : IDisposable
{
    /// <summary>The bytes a tag has by the profile.</summary>
    public abstract int TagBytes { get; }

    /// <summary>Whether the rollover counter is authenticated with a packet of RTP, rather than part of its nonce.</summary>
    public abstract bool AuthenticatesRollover { get; }

    /// <summary>Whether the tag stands right behind the packet (RFC 7714 §8.2, §9.2) or last (RFC 3711 §3.1, §3.4).</summary>
    public abstract bool IsTagFirst { get; }

    /// <summary>The transform of RTP packets.</summary>
    public static SrtpTransform ForRtp(SrtpKey key, KeyDerivation keys) => key.Profile.IsAead()
        ? new AesGcmTransform(keys, key.Profile, KeyDerivation.RtpEncryption, KeyDerivation.RtpSalt)
        : new AesCounterTransform(
            keys, key.Profile.RtpTagBytes(), KeyDerivation.RtpEncryption, KeyDerivation.RtpAuthentication, KeyDerivation.RtpSalt);

    /// <summary>The transform of RTCP packets.</summary>
    public static SrtpTransform ForRtcp(SrtpKey key, KeyDerivation keys) => key.Profile.IsAead()
        ? new AesGcmTransform(keys, key.Profile, KeyDerivation.RtcpEncryption, KeyDerivation.RtcpSalt)
        : new AesCounterTransform(
            keys, key.Profile.RtcpTagBytes(), KeyDerivation.RtcpEncryption, KeyDerivation.RtcpAuthentication, KeyDerivation.RtcpSalt);

    /// <summary>Encrypts in place and gives the tag.</summary>
    /// <param name="packet">All that is authenticated in place.</param>
    /// <param name="clear">How much of its beginning is authenticated only; the rest is encrypted too.</param>
    /// <param name="trailer">What is authenticated behind it: the rollover counter, or the word with RTCP's index.</param>
    /// <param name="id">The packet's source and index.</param>
    /// <param name="tag">Gets the tag, or its beginning where it is shorter.</param>
    public abstract void Seal(Span<byte> packet, int clear, ReadOnlySpan<byte> trailer, PacketId id, Span<byte> tag);

    /// <summary>Checks the tag, then decrypts in place. On failure the packet is as it was.</summary>
    /// <returns>Whether the tag is right.</returns>
    public abstract bool TryOpen(Span<byte> packet, int clear, ReadOnlySpan<byte> trailer, PacketId id, ReadOnlySpan<byte> tag);

    /// <inheritdoc/>
    public abstract void Dispose();
}
