using System.Net;

namespace TekSipCloud.Sip.Messages;

/// <content>Header lines.</content>
public sealed partial class SipWriter
{
    /// <summary>Writes a header line.</summary>
    /// <param name="name">Any but <see cref="SipHeaderName.Other"/> and
    /// <see cref="SipHeaderName.ContentLength"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">A value with control characters, or such a name.</exception>
    public void Header(SipHeaderName name, ReadOnlySpan<byte> value)
    {
        StartHeader(name);
        Append(value);
        EndHeader();
    }

    /// <summary>Writes a header line whose value is a number.</summary>
    /// <param name="name">As above.</param>
    /// <param name="value">The number.</param>
    public void Header(SipHeaderName name, uint value)
    {
        StartHeader(name);
        PutNumber(value);
        EndHeader();
    }

    /// <summary>Writes a header line under any name.</summary>
    /// <param name="name">A token that names no header of which a message has just one.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">No token, Content-Length, or a value with control characters.</exception>
    public void Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        BeginCheckedHeader(name);
        Append(value);
        EndHeader();
    }

    /// <summary>Starts a header line whose value comes in pieces; end it with <see cref="EndHeader"/>.</summary>
    /// <param name="name">Any but <see cref="SipHeaderName.Other"/> and
    /// <see cref="SipHeaderName.ContentLength"/>.</param>
    /// <exception cref="ArgumentException">Such a name.</exception>
    public void StartHeader(SipHeaderName name)
    {
        if (name is SipHeaderName.Other or SipHeaderName.ContentLength)
            Refuse(nameof(name));
        BeginHeader(name);
    }

    /// <summary>Writes a piece of the value.</summary>
    /// <exception cref="ArgumentException">A piece with control characters.</exception>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (SipToken.HasControl(piece))
            Refuse(nameof(piece));
        Put(piece);
    }

    /// <summary>Writes a number as a piece of the value.</summary>
    public void Append(uint number) => PutNumber(number);

    /// <summary>Writes an address as a piece of the value: IPv4 as it is, IPv6 without brackets, mapped IPv4 as
    /// IPv4.</summary>
    public void Append(IPAddress address)
    {
        Span<byte> text = stackalloc byte[LongestAddress];
        Put(Plain(address, text));
    }

    /// <summary>Writes text as a quoted string with its escapes; control characters become spaces.</summary>
    /// <param name="text">UTF-8 without quotes, such as a display name that a person typed.</param>
    public void AppendQuoted(ReadOnlySpan<byte> text)
    {
        Put("\""u8);
        while (text.IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var escape)
        {
            PutClean(text[..escape]);
            Put("\\"u8);
            Put(text.Slice(escape, 1));
            text = text[(escape + 1)..];
        }

        PutClean(text);
        Put("\""u8);
    }

    /// <summary>Ends a header line started by <see cref="StartHeader"/>.</summary>
    public void EndHeader()
    {
        if (_lineCount == 0)
            RefuseOrder();
        ref var line = ref _lines[_lineCount - 1];
        line = line with { End = _length };
        Put(LineEnd);
    }

    /// <summary>Writes From, To, Contact or another header with one address.</summary>
    /// <param name="name">The header.</param>
    /// <param name="displayName">As plain text, quoted here; none when empty.</param>
    /// <param name="uri">Without angle brackets.</param>
    /// <param name="tag">None when empty.</param>
    /// <exception cref="ArgumentException">A URI with white space, angle brackets or control characters, or a tag that
    /// is no token.</exception>
    public void Address(
        SipHeaderName name, ReadOnlySpan<byte> displayName, ReadOnlySpan<byte> uri, ReadOnlySpan<byte> tag = default)
    {
        if (!tag.IsEmpty && !SipToken.IsToken(tag))
            Refuse(nameof(tag));

        StartHeader(name);
        AppendAddress(displayName, uri);
        if (!tag.IsEmpty)
        {
            Put(";tag="u8);
            Put(tag);
            NoteTag(name, tag.Length);
        }

        EndHeader();
    }

    /// <summary>Writes From as a dialog keeps it.</summary>
    /// <param name="address">With the tag at its end.</param>
    /// <param name="tag">That tag, which is a token or empty.</param>
    internal void From(ReadOnlySpan<byte> address, ReadOnlySpan<byte> tag)
    {
        StartHeader(SipHeaderName.From);
        Append(address);
        if (!tag.IsEmpty)
            NoteTag(SipHeaderName.From, tag.Length);
        EndHeader();
    }

    /// <summary>Writes a name-addr as a piece of a value, for headers with parameters of their own.</summary>
    /// <param name="displayName">As plain text, quoted here; none when empty.</param>
    /// <param name="uri">Without angle brackets.</param>
    /// <exception cref="ArgumentException">A URI that is empty or holds white space, angle brackets or control
    /// characters.</exception>
    public void AppendAddress(ReadOnlySpan<byte> displayName, ReadOnlySpan<byte> uri)
    {
        if (uri.IsEmpty || uri.ContainsAnyExceptInRange((byte)'!', (byte)'~') || uri.ContainsAny("<>\""u8))
            Refuse(nameof(uri));

        if (!displayName.IsEmpty)
        {
            AppendQuoted(displayName);
            Put(" "u8);
        }

        Put("<"u8);
        Put(uri);
        Put(">"u8);
    }

    /// <summary>Writes the CSeq line (RFC 3261 §20.16).</summary>
    /// <param name="number">At most 2^31 − 1.</param>
    /// <param name="method">A token.</param>
    /// <exception cref="ArgumentException">No token.</exception>
    public void CSeq(uint number, ReadOnlySpan<byte> method)
    {
        if (!SipToken.IsToken(method))
            Refuse(nameof(method));

        StartHeader(SipHeaderName.CSeq);
        PutNumber(number);
        Put(" "u8);
        Put(method);
        NoteCSeq(number, method.Length);
        EndHeader();
    }

    /// <summary>Copies every line of a header, values as they were sent, under its long name and in its
    /// order.</summary>
    /// <returns>How many lines there were.</returns>
    public int CopyLines(SipMessage message, SipHeaderName name)
    {
        var copied = 0;
        for (var index = message.FirstLine(name); index >= 0; index = message.NextLine(name, index))
        {
            CopyLine(message.LineAt(index));
            copied++;
        }

        return copied;
    }

    /// <summary>Copies one line: a known header under its long name, any other under the name it was sent
    /// with.</summary>
    /// <remarks>A control character, which a quoted pair may hold, becomes a space: another leg need not cope with
    /// it.</remarks>
    /// <exception cref="ArgumentException">Content-Length, which the writer itself writes.</exception>
    public void CopyLine(SipHeaderLine line)
    {
        BeginCheckedHeader(line.Name == SipHeaderName.Other ? line.NameBytes : SipHeaderNames.Bytes(line.Name));
        PutClean(line.Value);
        EndHeader();
    }

    /// <summary>Writes a piece byte by byte, quoted control characters too: only back to where it came from.</summary>
    internal void Echo(ReadOnlySpan<byte> piece) => Put(piece);

    /// <summary>Copies every line of a header byte by byte, quoted control characters too: only back to where it came
    /// from.</summary>
    internal void EchoLines(SipMessage message, SipHeaderName name)
    {
        for (var index = message.FirstLine(name); index >= 0; index = message.NextLine(name, index))
        {
            BeginHeader(name);
            Put(message.LineAt(index).Value);
            EndHeader();
        }
    }

    /// <summary>An address as text; mapped IPv4 without its prefix (RFC 5118 §4.9), which leaves IPv4 alone.</summary>
    internal static ReadOnlySpan<byte> Plain(IPAddress address, Span<byte> text)
    {
        _ = address.TryFormat(text, out var written);
        return address.IsIPv4MappedToIPv6 ? text[(text[..written].LastIndexOf((byte)':') + 1)..written] : text[..written];
    }

    private void BeginCheckedHeader(ReadOnlySpan<byte> name)
    {
        var known = SipHeaderNames.Parse(name);
        if (known == SipHeaderName.ContentLength || (known == SipHeaderName.Other && !SipToken.IsToken(name)))
            Refuse(nameof(name));
        if (!_isInMessage)
            RefuseOrder();
        NoteLine(known, name.Length);
        Put(name);
        Put(": "u8);
    }

    private void BeginHeader(SipHeaderName name)
    {
        if (!_isInMessage)
            RefuseOrder();
        var beginning = SipHeaderNames.Beginning(name);
        NoteLine(name, beginning.Length - ": ".Length);
        Put(beginning);
    }
}
