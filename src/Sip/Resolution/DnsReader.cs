using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TekSipCloud.Sip.Resolution;

/// <summary>Reads the fields of a DNS message in order. Every read is checked against the message's end; none throws.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message)
{
    private const int PointerMark = 0xC0;
    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Where the next read begins.</summary>
    public int Position { get; private set; }

    public bool TryRead(out byte value)
    {
        var canRead = Position < _message.Length;
        value = canRead ? _message[Position++] : (byte)0;
        return canRead;
    }

    public bool TryRead(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_message[Position..], out value))
            return false;

        Position += sizeof(ushort);
        return true;
    }

    public bool TryRead(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_message[Position..], out value))
            return false;

        Position += sizeof(uint);
        return true;
    }

    public bool TryRead(int length, out ReadOnlySpan<byte> bytes)
    {
        var canRead = length <= _message.Length - Position;
        bytes = canRead ? _message.Slice(Position, length) : [];
        Position += bytes.Length;
        return canRead;
    }

    /// <summary>Reads a character-string (RFC 1035 §3.3); what is no printable ASCII becomes <c>?</c>.</summary>
    public bool TryReadText(out string text)
    {
        text = "";
        if (!TryRead(out byte length) || !TryRead(length, out var bytes))
            return false;

        text = string.Create(bytes.Length, bytes, static (chars, bytes) =>
        {
            for (var i = 0; i < chars.Length; i++)
                chars[i] = bytes[i] is >= 0x20 and < 0x7F ? (char)bytes[i] : '?';
        });
        return true;
    }

    /// <summary>Reads a name, following compression (RFC 1035 §4.1.4); empty for the root.</summary>
    public bool TryReadName(out string name)
    {
        name = "";
        var text = new StringBuilder();
        var at = Position;
        var end = -1;
        // A pointer leads to an earlier place only: so there is no circle, and each byte is read once at most.
        var limit = Position;
        var octets = 1;
        while (at < _message.Length)
        {
            int length = _message[at++];
            if (length == 0)
            {
                Position = end < 0 ? at : end;
                name = text.ToString();
                return true;
            }

            if ((length & PointerMark) == PointerMark)
            {
                if (at >= _message.Length || Pointer(length, _message[at]) is var target && target >= limit)
                    return false;

                end = end < 0 ? at + 1 : end;
                at = limit = target;
                continue;
            }

            octets += length + 1;
            if (length > DnsName.MaxLabel || octets > DnsName.MaxBytes || length > _message.Length - at)
                return false;

            AppendLabel(text, _message.Slice(at, length));
            at += length;
        }

        return false;
    }

    private static int Pointer(int high, byte low) => (high & ~PointerMark) << 8 | low;

    /// <summary>RFC 4343 §2.1: what would be mistaken for something else is escaped, so that such a name is never asked for.</summary>
    private static void AppendLabel(StringBuilder text, ReadOnlySpan<byte> label)
    {
        if (text.Length > 0)
            text.Append('.');
        foreach (var b in label)
        {
            if (b is > 0x20 and < 0x7F and not ((byte)'.' or (byte)'\\'))
                text.Append(char.ToLowerInvariant((char)b));
            else
                text.Append(CultureInfo.InvariantCulture, $"\\{b:D3}");
        }
    }
}
