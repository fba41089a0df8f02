using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>Counter mode made of the system's AES, for processors without instructions for it.</summary>
internal sealed class PlatformAesCounter : AesCounter
{
    private readonly Aes _aes = Aes.Create();
    private readonly ICryptoTransform _encryptor;
    private readonly byte[] _counters = new byte[SrtpProfiles.MaxPacketBytes];
    private readonly byte[] _stream = new byte[SrtpProfiles.MaxPacketBytes];

    public PlatformAesCounter(ReadOnlySpan<byte> key)
    {
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _aes.SetKey(key);
        _encryptor = _aes.CreateEncryptor();
    }

    public override void Apply(Span<byte> text, ulong high, ulong low)
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

    public override void Dispose()
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
