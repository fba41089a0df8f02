using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Sip.Stun;

/// <summary>
/// Answers the STUN binding requests by which phones keep their NAT's way to a SIP port open and see when it changes (RFC 5626 §4.4.2, RFC 8489).
/// Nothing else of STUN is spoken here.
/// </summary>
internal static class StunBinding
{
    /// <summary>The most bytes of an answer.</summary>
    public const int MaxAnswerBytes = 96;

    private const int HeaderBytes = 20;
    private const int TransactionIdAt = 4;
    private const int FingerprintBytes = 8;
    private const int MaxUnknown = 4;
    private const ushort Request = 0x0001;
    private const ushort Success = 0x0101;
    private const ushort Failure = 0x0111;
    private const uint Cookie = 0x2112A442;
    private const ushort MappedAddress = 0x0001;
    private const ushort XorMappedAddress = 0x0020;
    private const ushort ErrorCode = 0x0009;
    private const ushort UnknownAttributes = 0x000A;
    private const ushort Fingerprint = 0x8028;

    /// <summary>USERNAME, MESSAGE-INTEGRITY, REALM, NONCE, MESSAGE-INTEGRITY-SHA256: understood, and not needed for a keep-alive (RFC 5626 §8).</summary>
    private static ReadOnlySpan<ushort> Ignored => [0x0006, 0x0008, 0x0014, 0x0015, 0x001C];

    /// <summary>Whether the datagram may be STUN and so is no SIP (RFC 8489 §5: the first two bits are zero).</summary>
    public static bool IsCandidate(ReadOnlySpan<byte> datagram) => datagram.Length >= HeaderBytes && datagram[0] < 0x40 && datagram[0] < (byte)'\n';

    /// <summary>
    /// Writes the answer to a binding request: at most 2.2 times its length. Returns that length; 0 for what is no binding request and gets no
    /// answer.
    /// </summary>
    public static int Answer(ReadOnlySpan<byte> datagram, IPEndPoint source, Span<byte> answer)
    {
        if (!IsCandidate(datagram)
            || BinaryPrimitives.ReadUInt16BigEndian(datagram) != Request
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - HeaderBytes)
            return 0;

        Span<ushort> unknown = stackalloc ushort[MaxUnknown];
        if (!TryReadAttributes(datagram, unknown, out var unknownCount, out var hasFingerprint))
            return 0;

        // The transaction id goes back as it came, cookie included.
        datagram[TransactionIdAt..HeaderBytes].CopyTo(answer[TransactionIdAt..]);
        var length = unknownCount > 0 ? WriteFailure(answer, unknown[..unknownCount]) : WriteSuccess(answer, source);
        return hasFingerprint ? WriteFingerprint(answer, length) : length;
    }

    private static bool TryReadAttributes(ReadOnlySpan<byte> datagram, Span<ushort> unknown, out int unknownCount, out bool hasFingerprint)
    {
        unknownCount = 0;
        hasFingerprint = false;
        for (var at = HeaderBytes; at < datagram.Length;)
        {
            // RFC 8489 §14.7: a fingerprint is the last attribute.
            if (datagram.Length - at < 4 || hasFingerprint)
                return false;

            var type = BinaryPrimitives.ReadUInt16BigEndian(datagram[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(at + 2)..]);
            if (type == Fingerprint)
            {
                if (!IsFingerprintOf(datagram, at, length))
                    return false;
                hasFingerprint = true;
            }
            else if (type < 0x8000 && Ignored.IndexOf(type) < 0 && unknownCount < unknown.Length)
            {
                unknown[unknownCount++] = type;
            }

            at += 4 + ((length + 3) & ~3);
            if (at > datagram.Length)
                return false;
        }

        return true;
    }

    private static int WriteSuccess(Span<byte> answer, IPEndPoint source)
    {
        Span<byte> address = stackalloc byte[16];
        source.Address.TryWriteBytes(address, out var addressBytes);
        // RFC 8489 §14.2; who sends no cookie is of RFC 3489 and knows the plain form only.
        var isModern = BinaryPrimitives.ReadUInt32BigEndian(answer[TransactionIdAt..]) == Cookie;
        var key = answer[TransactionIdAt..HeaderBytes];
        var port = (ushort)source.Port;
        if (isModern)
        {
            port ^= (ushort)(Cookie >> 16);
            for (var i = 0; i < addressBytes; i++)
                address[i] ^= key[i];
        }

        var attribute = answer[HeaderBytes..];
        BinaryPrimitives.WriteUInt16BigEndian(attribute, isModern ? XorMappedAddress : MappedAddress);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)(4 + addressBytes));
        attribute[4] = 0;
        attribute[5] = source.AddressFamily == AddressFamily.InterNetworkV6 ? (byte)2 : (byte)1;
        BinaryPrimitives.WriteUInt16BigEndian(attribute[6..], port);
        address[..addressBytes].CopyTo(attribute[8..]);
        return WriteHeader(answer, Success, HeaderBytes + 8 + addressBytes);
    }

    /// <summary>RFC 8489 §6.3.1: attributes that must be understood and are not.</summary>
    private static int WriteFailure(Span<byte> answer, ReadOnlySpan<ushort> unknown)
    {
        var at = HeaderBytes;
        BinaryPrimitives.WriteUInt16BigEndian(answer[at..], ErrorCode);
        BinaryPrimitives.WriteUInt16BigEndian(answer[(at + 2)..], 4);
        BinaryPrimitives.WriteUInt32BigEndian(answer[(at + 4)..], (4 << 8) | 20);
        at += 8;
        BinaryPrimitives.WriteUInt16BigEndian(answer[at..], UnknownAttributes);
        BinaryPrimitives.WriteUInt16BigEndian(answer[(at + 2)..], (ushort)(unknown.Length * 2));
        at += 4;
        foreach (var type in unknown)
        {
            BinaryPrimitives.WriteUInt16BigEndian(answer[at..], type);
            at += 2;
        }

        for (; (at & 3) != 0; at++)
            answer[at] = 0;
        return WriteHeader(answer, Failure, at);
    }

    private static int WriteHeader(Span<byte> answer, ushort type, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(answer, type);
        BinaryPrimitives.WriteUInt16BigEndian(answer[2..], (ushort)(length - HeaderBytes));
        return length;
    }

    private static int WriteFingerprint(Span<byte> answer, int length)
    {
        WriteHeader(answer, BinaryPrimitives.ReadUInt16BigEndian(answer), length + FingerprintBytes);
        BinaryPrimitives.WriteUInt16BigEndian(answer[length..], Fingerprint);
        BinaryPrimitives.WriteUInt16BigEndian(answer[(length + 2)..], 4);
        BinaryPrimitives.WriteUInt32BigEndian(answer[(length + 4)..], FingerprintOf(answer[..length]));
        return length + FingerprintBytes;
    }

    private static bool IsFingerprintOf(ReadOnlySpan<byte> datagram, int at, int length) =>
        length == 4
        && datagram.Length == at + FingerprintBytes
        && BinaryPrimitives.ReadUInt32BigEndian(datagram[(at + 4)..]) == FingerprintOf(datagram[..at]);

    /// <summary>RFC 8489 §14.7: the CRC-32 of what stands before it, with a mark of STUN's own.</summary>
    private static uint FingerprintOf(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
        }

        return ~crc ^ 0x5354554E;
    }
}
