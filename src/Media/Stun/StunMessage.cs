using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Stun;

/// <summary>A STUN message in the datagram it came in (RFC 8489 §5). Allocates nothing.</summary>
internal readonly ref struct StunMessage
{
    public const int HeaderBytes = 20;
    public const int TransactionIdAt = 8;
    public const uint Cookie = 0x2112A442;
    public const int CookieAt = 4;
    public const int LengthAt = 2;

    /// <summary>The longest message that is looked at: connectivity checks have about 100 bytes.</summary>
    public const int MaxBytes = 1280;

    private const int ClassBits = 0x0110;
    private readonly ReadOnlySpan<byte> _bytes;

    // Where they begin; 0 where there is none.
    private readonly int _integrityAt;
    private readonly int _fingerprintAt;

    private StunMessage(ReadOnlySpan<byte> bytes, int integrityAt, int fingerprintAt)
    {
        _bytes = bytes;
        _integrityAt = integrityAt;
        _fingerprintAt = fingerprintAt;
    }

    public StunClass Class => (StunClass)(Type & ClassBits);

    /// <summary>Its number without the bits of the class; 1 is Binding.</summary>
    public int Method => Type & ~ClassBits;

    /// <summary>What a response must have from its request: 12 bytes.</summary>
    public ReadOnlySpan<byte> TransactionId => _bytes[TransactionIdAt..HeaderBytes];

    public bool HasIntegrity => _integrityAt > 0;

    /// <summary>The attributes that count: what stands behind MESSAGE-INTEGRITY is not protected by it (RFC 8489 §14.5).</summary>
    public StunAttributes Attributes => new(_bytes[HeaderBytes..(HasIntegrity ? _integrityAt : _fingerprintAt > 0 ? _fingerprintAt : _bytes.Length)]);

    private int Type => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Reads a datagram.</summary>
    /// <returns>False for what is no message of RFC 8489: that is dropped without an answer (§6.3).</returns>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out StunMessage message)
    {
        message = default;
        if (datagram.Length is < HeaderBytes or > MaxBytes
            || datagram[0] > 0x3F
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[LengthAt..]) != datagram.Length - HeaderBytes
            || BinaryPrimitives.ReadUInt32BigEndian(datagram[CookieAt..]) != Cookie)
            return false;

        var integrityAt = 0;
        var fingerprintAt = 0;
        var attributes = new StunAttributes(datagram[HeaderBytes..]);
        while (attributes.MoveNext())
        {
            // RFC 8489 §14.7: a fingerprint is the last attribute.
            if (fingerprintAt > 0)
                return false;
            if (attributes.Current.Type == StunAttributeType.Fingerprint)
                fingerprintAt = HeaderBytes + attributes.Start;
            if (attributes.Current.Type == StunAttributeType.MessageIntegrity && integrityAt == 0)
                integrityAt = HeaderBytes + attributes.Start;
        }

        message = new(datagram, integrityAt, fingerprintAt);
        return attributes.IsAtEnd;
    }

    /// <summary>Finds the first attribute of a type.</summary>
    public bool TryFind(StunAttributeType type, out ReadOnlySpan<byte> value)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Type == type)
            {
                value = attribute.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Whether there is a FINGERPRINT, and the right one (RFC 8489 §14.7).</summary>
    public bool HasFingerprint() =>
        _fingerprintAt > 0
        && _bytes.Length - _fingerprintAt == StunFingerprint.AttributeBytes
        && BinaryPrimitives.ReadUInt16BigEndian(_bytes[(_fingerprintAt + 2)..]) == StunFingerprint.Bytes
        && BinaryPrimitives.ReadUInt32BigEndian(_bytes[^StunFingerprint.Bytes..]) == StunFingerprint.Of(_bytes[.._fingerprintAt]);

    /// <summary>Whether MESSAGE-INTEGRITY is made with a key; takes as long whether it is or not (RFC 8489 §14.5).</summary>
    public bool IsSignedBy(ReadOnlySpan<byte> key)
    {
        if (!HasIntegrity || BinaryPrimitives.ReadUInt16BigEndian(_bytes[(_integrityAt + 2)..]) != StunIntegrity.Bytes)
            return false;

        Span<byte> expected = stackalloc byte[StunIntegrity.Bytes];
        StunIntegrity.Compute(_bytes[.._integrityAt], key, expected);
        return CryptographicOperations.FixedTimeEquals(expected, _bytes.Slice(_integrityAt + StunAttributes.HeaderBytes, StunIntegrity.Bytes));
    }
}
