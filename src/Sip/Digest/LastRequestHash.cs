namespace TekSipCloud.Sip.Digest;

/// <summary>
/// The hash of a method and a digest URI (A2 of RFC 7616 §3.4.3), kept until another one is wanted: all phones of a domain register with the same.
/// Nothing of it is secret. Each thread has its own.
/// </summary>
internal sealed class LastRequestHash
{
    /// <summary>Longer ones are not kept.</summary>
    private const int MaxBytes = 256;

    [ThreadStatic]
    private static LastRequestHash? _ofThread;

    private readonly byte[] _text = new byte[MaxBytes];
    private readonly byte[] _hash = new byte[DigestAlgorithms.MaxHashBytes];
    private DigestAlgorithm _algorithm;
    private int _length;

    /// <summary>Hashes a text.</summary>
    /// <param name="algorithm">One that is known.</param>
    /// <param name="text">Method, colon, URI.</param>
    /// <param name="destination">At least <see cref="DigestAlgorithms.MaxHashBytes"/>.</param>
    public static void Hash(DigestAlgorithm algorithm, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (text.Length > MaxBytes)
            DigestAlgorithms.Hash(algorithm, text, destination);
        else
            (_ofThread ??= new LastRequestHash()).Of(algorithm, text).CopyTo(destination);
    }

    private ReadOnlySpan<byte> Of(DigestAlgorithm algorithm, ReadOnlySpan<byte> text)
    {
        if (algorithm != _algorithm || !text.SequenceEqual(_text.AsSpan(0, _length)))
        {
            DigestAlgorithms.Hash(algorithm, text, _hash);
            text.CopyTo(_text);
            (_algorithm, _length) = (algorithm, text.Length);
        }

        return _hash;
    }
}
