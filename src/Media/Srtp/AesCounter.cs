using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>AES in counter mode: a key stream laid over a text, the same way to encrypt and to decrypt.</summary>
internal sealed class AesCounter : IDisposable
{
    private const int BlockBytes = 16;

    private readonly Aes _aes = Aes.Create();
    private readonly ICryptoTransform _encryptor;
    private readonly byte[] _counters = new byte[SrtpProfiles.MaxPacketBytes];
    private readonly byte[] _stream = new byte[SrtpProfiles.MaxPacketBytes];

    public AesCounter(ReadOnlySpan<byte> key)
    {
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _aes.SetKey(key);
        _encryptor = _aes.CreateEncryptor();
    }

    /// <summary>Lays the stream of the blocks from <paramref name="high"/> and <paramref name="low"/> on, counted in the last 32 bits.</summary>
    public void Apply(Span<byte> text, ulong high, ulong low)
    {
        if (text.IsEmpty)
            return;

        var length = (text.Length + BlockBytes - 1) / BlockBytes * BlockBytes;
        for (var i = 0; i < length; i += BlockBytes, low++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(_counters.AsSpan(i), high);
            BinaryPrimitives.WriteUInt64BigEndian(_counters.AsSpan(i + 8), low);
        }

        _ = _encryptor.TransformBlock(_counters, 0, length, _stream, 0);
        Mix(text, _stream);
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_stream);
    }

    private static void Mix(Span<byte> text, ReadOnlySpan<byte> stream)
    {
        var i = 0;
        for (; i <= text.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(text[i..]) ^ new Vector<byte>(stream[i..])).CopyTo(text[i..]);
        for (; i < text.Length; i++)
            text[i] ^= stream[i];
    }
}
