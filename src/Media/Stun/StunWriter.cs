using System.Buffers.Binary;
using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media.Stun;

/// <summary>Writes a message, attribute by attribute; MESSAGE-INTEGRITY and FINGERPRINT last, in this order.</summary>
internal ref struct StunWriter
{
    private const int Binding = 0x001;
    private const byte FamilyV4 = 1;
    private const byte FamilyV6 = 2;

    private readonly Span<byte> _buffer;

    /// <summary>Begins a Binding message.</summary>
    /// <param name="buffer">Where the bytes go; what does not fit throws <see cref="ArgumentException"/>.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="transactionId">That of the request; 12 bytes.</param>
    public StunWriter(Span<byte> buffer, StunClass kind, ReadOnlySpan<byte> transactionId)
    {
        _buffer = buffer;
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)(Binding | (int)kind));
        BinaryPrimitives.WriteUInt32BigEndian(buffer[StunMessage.CookieAt..], StunMessage.Cookie);
        transactionId.CopyTo(buffer[StunMessage.TransactionIdAt..]);
        Length = StunMessage.HeaderBytes;
        WriteLength();
    }

    /// <summary>How many bytes the message has.</summary>
    public int Length { get; private set; }

    /// <summary>Adds any attribute.</summary>
    public void Add(StunAttributeType type, scoped ReadOnlySpan<byte> value) => value.CopyTo(Append(type, value.Length));

    /// <summary>Adds where a request came from (RFC 8489 §14.2).</summary>
    public void AddXorMappedAddress(in PeerAddress from)
    {
        var address = from.HostBytes;
        var value = Append(StunAttributeType.XorMappedAddress, 4 + address.Length);
        value[0] = 0;
        value[1] = address.Length == 4 ? FamilyV4 : FamilyV6;
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(from.Port ^ (int)(StunMessage.Cookie >> 16)));
        // The cookie, and behind it the transaction id.
        var mask = _buffer[StunMessage.CookieAt..];
        for (var i = 0; i < address.Length; i++)
            value[4 + i] = (byte)(address[i] ^ mask[i]);
    }

    /// <summary>Adds why a request is refused (RFC 8489 §14.8).</summary>
    /// <param name="code">300 to 699.</param>
    /// <param name="reason">In words.</param>
    public void AddErrorCode(int code, scoped ReadOnlySpan<byte> reason)
    {
        var value = Append(StunAttributeType.ErrorCode, 4 + reason.Length);
        value[..2].Clear();
        value[2] = (byte)(code / 100);
        value[3] = (byte)(code % 100);
        reason.CopyTo(value[4..]);
    }

    /// <summary>Adds which attributes were not understood (RFC 8489 §14.13).</summary>
    public void AddUnknownAttributes(scoped ReadOnlySpan<ushort> types)
    {
        var value = Append(StunAttributeType.UnknownAttributes, 2 * types.Length);
        for (var i = 0; i < types.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(value[(2 * i)..], types[i]);
    }

    /// <summary>Adds MESSAGE-INTEGRITY.</summary>
    public void Sign(scoped ReadOnlySpan<byte> key)
    {
        var before = _buffer[..Length];
        StunIntegrity.Compute(before, key, Append(StunAttributeType.MessageIntegrity, StunIntegrity.Bytes));
    }

    /// <summary>Adds FINGERPRINT.</summary>
    public void AddFingerprint()
    {
        // RFC 8489 §14.7: the header counts the attribute already.
        var before = _buffer[..Length];
        var value = Append(StunAttributeType.Fingerprint, StunFingerprint.Bytes);
        BinaryPrimitives.WriteUInt32BigEndian(value, StunFingerprint.Of(before));
    }

    private Span<byte> Append(StunAttributeType type, int length)
    {
        var attribute = _buffer[Length..];
        BinaryPrimitives.WriteUInt16BigEndian(attribute, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)length);
        var padded = (length + 3) & ~3;
        attribute.Slice(StunAttributes.HeaderBytes + length, padded - length).Clear();
        Length += StunAttributes.HeaderBytes + padded;
        WriteLength();
        return attribute.Slice(StunAttributes.HeaderBytes, length);
    }

    private readonly void WriteLength() =>
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[StunMessage.LengthAt..], (ushort)(Length - StunMessage.HeaderBytes));
}
