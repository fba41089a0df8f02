namespace TekSipCloud.Media.Sdp;

/// <summary>Walks the attributes of a session or of one media description, in the order of the text.</summary>
public ref struct SdpAttributes
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<SdpLine> _lines;
    private int _next;

    internal SdpAttributes(ReadOnlySpan<byte> bytes, ReadOnlySpan<SdpLine> lines)
    {
        _bytes = bytes;
        _lines = lines;
    }

    /// <summary>The attribute that <see cref="MoveNext"/> reached.</summary>
    public readonly SdpAttribute Current => new(_bytes.Slice(_lines[_next - 1].Start, _lines[_next - 1].Length));

    /// <summary>Returns itself, so that <c>foreach</c> works.</summary>
    public readonly SdpAttributes GetEnumerator() => this;

    /// <summary>Goes to the next attribute.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_next < _lines.Length)
        {
            if (_lines[_next++].Type == (byte)'a')
                return true;
        }

        return false;
    }

    /// <summary>Finds the first attribute of a name.</summary>
    /// <param name="name">The name, without colon.</param>
    /// <param name="value">Its value; empty for a flag and when there is none.</param>
    /// <returns>Whether the attribute is there.</returns>
    public readonly bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var next = 0;
        return TryNext(name, ref next, out value);
    }

    /// <summary>Finds what an attribute such as a=rtpmap or a=fmtp says about a payload type (RFC 8866 §6.6, §6.15).</summary>
    internal readonly bool TryFindFormat(ReadOnlySpan<byte> name, byte payloadType, out ReadOnlySpan<byte> value)
    {
        var next = 0;
        while (TryNext(name, ref next, out value))
        {
            var tokens = new SdpTokens(value);
            if (!tokens.TryNext(out var number) || !SdpNumber.TryParse(number, 127, out var found) || found != payloadType)
                continue;

            value = tokens.Rest;
            return true;
        }

        return false;
    }

    /// <summary>Finds the next attribute of a name; compared before it is taken apart, as most are of another.</summary>
    private readonly bool TryNext(scoped ReadOnlySpan<byte> name, scoped ref int next, out ReadOnlySpan<byte> value)
    {
        while (next < _lines.Length)
        {
            var line = _lines[next++];
            if (line.Type != (byte)'a' || line.Length < name.Length)
                continue;

            var text = _bytes.Slice(line.Start, line.Length);
            if (!text.StartsWith(name) || text.Length > name.Length && text[name.Length] != (byte)':')
                continue;

            value = text.Length > name.Length ? text[(name.Length + 1)..] : default;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Whether an attribute of this name is there.</summary>
    public readonly bool Has(ReadOnlySpan<byte> name) => TryFind(name, out _);
}
