using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TekSipCloud.Sip.Transports.WebSockets;

/// <summary>What stands before the payload of a WebSocket frame (RFC 6455 §5.2).</summary>
/// <param name="Opcode">What the frame is; may be one that nobody defined.</param>
/// <param name="IsFinal">Whether it is the last frame of its message.</param>
/// <param name="IsMasked">Whether the payload is masked by <paramref name="Mask"/>.</param>
/// <param name="IsSound">Whether no reserved bit is set and the length is written as short as can be.</param>
/// <param name="Size">Bytes of the header itself.</param>
/// <param name="Length">Bytes of the payload.</param>
/// <param name="Mask">The masking key as it lies in memory.</param>
internal readonly record struct WebSocketHeader(
    WebSocketOpcode Opcode, bool IsFinal, bool IsMasked, bool IsSound, int Size, long Length, uint Mask)
{
    private const int MaxSize = 14;
    private const byte Final = 0x80;
    private const byte Reserved = 0x70;
    private const byte Masked = 0x80;

    /// <summary>Whether it is about the connection and not part of a message (§5.5).</summary>
    public bool IsControl => ((byte)Opcode & 8) != 0;

    /// <summary>Reads a header; false when more bytes are needed.</summary>
    public static bool TryRead(in ReadOnlySequence<byte> buffer, out WebSocketHeader header)
    {
        header = default;
        Span<byte> bytes = stackalloc byte[MaxSize];
        var have = (int)Math.Min(buffer.Length, MaxSize);
        if (have < 2)
            return false;

        buffer.Slice(0, have).CopyTo(bytes);
        bytes = bytes[..have];
        var isMasked = (bytes[1] & Masked) != 0;
        var shortLength = bytes[1] & 0x7F;
        var lengthBytes = shortLength switch { 126 => 2, 127 => 8, _ => 0 };
        var size = 2 + lengthBytes + (isMasked ? 4 : 0);
        if (have < size)
            return false;

        var length = ReadLength(shortLength, bytes[2..]);
        header = new(
            (WebSocketOpcode)(bytes[0] & 0x0F),
            (bytes[0] & Final) != 0,
            isMasked,
            (bytes[0] & Reserved) == 0 && length >= 0 && length >= Least(lengthBytes),
            size,
            length,
            isMasked ? MemoryMarshal.Read<uint>(bytes[(size - 4)..]) : 0);
        return true;
    }

    /// <summary>Writes the header of a server's frame, unmasked and whole (§5.1), and returns its length.</summary>
    public static int Write(Span<byte> head, WebSocketOpcode opcode, int length)
    {
        head[0] = (byte)(Final | (byte)opcode);
        if (length < 126)
        {
            head[1] = (byte)length;
            return 2;
        }

        if (length <= ushort.MaxValue)
        {
            head[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)length);
            return 4;
        }

        head[1] = 127;
        BinaryPrimitives.WriteInt64BigEndian(head[2..], length);
        return 10;
    }

    /// <summary>Undoes the masking of a whole payload (§5.3).</summary>
    public void Unmask(Span<byte> payload)
    {
        var key = Mask;
        var wide = MemoryMarshal.Cast<byte, ulong>(payload);
        var wideKey = ((ulong)key << 32) | key;
        for (var i = 0; i < wide.Length; i++)
            wide[i] ^= wideKey;

        var keyBytes = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key));
        for (var i = wide.Length * sizeof(ulong); i < payload.Length; i++)
            payload[i] ^= keyBytes[i & 3];
    }

    private static long ReadLength(int shortLength, ReadOnlySpan<byte> rest) => shortLength switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(rest),
        127 => BinaryPrimitives.ReadInt64BigEndian(rest),
        _ => shortLength,
    };

    private static long Least(int lengthBytes) => lengthBytes switch { 2 => 126, 8 => ushort.MaxValue + 1, _ => 0 };
}
