namespace TekSipCloud.Media.Srtp;

/// <summary>HMAC-SHA1 under one key (RFC 2104).</summary>
/// <remarks>Allocates nothing per text. One thread at a time.</remarks>
internal abstract class HmacSha1 : IDisposable
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = 20;

    /// <summary>By OpenSSL's hash itself where it is there: the system's way to it costs several times the hash of a packet.</summary>
    /// <param name="key">Up to 64 bytes.</param>
    public static HmacSha1 Create(ReadOnlySpan<byte> key) =>
        OpenSslHmacSha1.IsSupported ? new OpenSslHmacSha1(key) : new PlatformHmacSha1(key);

    /// <summary>Hashes a text and what stands behind it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="trailer">What counts as if it stood behind the text.</param>
    /// <param name="hash">Gets <see cref="HashBytes"/>.</param>
    public abstract void Compute(ReadOnlySpan<byte> text, ReadOnlySpan<byte> trailer, Span<byte> hash);

    public abstract void Dispose();
}
