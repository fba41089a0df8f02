namespace TekSipCloud.Media.Srtp;

/// <summary>AES in counter mode: a key stream laid over a text, the same way to encrypt and to decrypt.</summary>
/// <remarks>Allocates nothing per text. One thread at a time.</remarks>
internal abstract class AesCounter : IDisposable
{
    protected const int BlockBytes = 16;

    /// <summary>By the processor's own instructions where it has them.</summary>
    /// <param name="key">16 or 32 bytes.</param>
    public static AesCounter Create(ReadOnlySpan<byte> key) =>
        HardwareAesCounter.IsSupported ? new HardwareAesCounter(key) : new PlatformAesCounter(key);

    /// <summary>Lays the stream of the blocks from <paramref name="high"/> and <paramref name="low"/> on, counted in the last 32 bits.</summary>
    /// <param name="text">Changed in place; up to <see cref="SrtpProfiles.MaxPacketBytes"/>.</param>
    /// <param name="high">The first eight bytes of every block.</param>
    /// <param name="low">The last eight bytes of the first block; the count in them must not overflow.</param>
    public abstract void Apply(Span<byte> text, ulong high, ulong low);

    public abstract void Dispose();
}
