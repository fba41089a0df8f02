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
    public SdpAttribute Current { get; private set; }

    /// <summary>Returns itself, so that <c>foreach</c> works.</summary>
    public readonly SdpAttributes GetEnumerator() => this;

    /// <summary>Goes to the next attribute.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_next < _lines.Length)
        {
            var line = _lines[_next++];
            if (line.Type != (byte)'a')
                continue;

            Current = new SdpAttribute(_bytes.Slice(line.Start, line.Length));
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
        foreach (var attribute in this)
        {
            if (!attribute.Name.SequenceEqual(name))
                continue;

            value = attribute.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Finds what an attribute such as a=rtpmap or a=fmtp says about a payload type (RFC 8866 §6.6, §6.15).</summary>
    internal readonly bool TryFindFormat(ReadOnlySpan<byte> name, byte payloadType, out ReadOnlySpan<byte> value)
    {
        foreach (var attribute in this)
        {
            if (!attribute.Name.SequenceEqual(name))
                continue;

            var tokens = new SdpTokens(attribute.Value);
            if (!tokens.TryNext(out var number) || !SdpNumber.TryParse(number, 127, out var found) || found != payloadType)
                continue;

            value = tokens.Rest;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Whether an attribute of this name is there.</summary>
    public readonly bool Has(ReadOnlySpan<byte> name) => TryFind(name, out _);
}
