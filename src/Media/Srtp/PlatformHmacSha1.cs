using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>HMAC-SHA1 of the system.</summary>
internal sealed class PlatformHmacSha1(ReadOnlySpan<byte> key) : HmacSha1
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, key);

    public override void Compute(ReadOnlySpan<byte> text, ReadOnlySpan<byte> trailer, Span<byte> hash)
    {
        _hash.AppendData(text);
        _hash.AppendData(trailer);
        _ = _hash.GetHashAndReset(hash);
    }

    public override void Dispose() => _hash.Dispose();
}
