using System.Buffers.Binary;

namespace TekSipCloud.Media.Stun;

/// <summary>Walks attributes, in their order. Ends before the first whose length lies.</summary>
internal ref struct StunAttributes(ReadOnlySpan<byte> attributes)
{
    public const int HeaderBytes = 4;

    private readonly ReadOnlySpan<byte> _attributes = attributes;

    public StunAttribute Current { get; private set; }

    /// <summary>Where the current one begins, its header included.</summary>
    public int Start { get; private set; }

    /// <summary>Where the next one begins.</summary>
    public int End { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => End == _attributes.Length;

    public readonly StunAttributes GetEnumerator() => this;

    public bool MoveNext()
    {
        var rest = _attributes[End..];
        if (rest.Length < HeaderBytes)
            return false;

        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        // RFC 8489 §14: padded to four bytes.
        var padded = HeaderBytes + ((length + 3) & ~3);
        if (padded > rest.Length)
            return false;

        Current = new((StunAttributeType)BinaryPrimitives.ReadUInt16BigEndian(rest), rest.Slice(HeaderBytes, length));
        Start = End;
        End += padded;
        return true;
    }
}
