namespace TekSipCloud.Media.Sdp;

/// <summary>The fields of an m= line, as places in the description's bytes.</summary>
internal readonly record struct MediaLine(SdpPart Kind, int Port, SdpPart Protocol, SdpPart Formats)
{
    /// <summary>Reads a value within a body.</summary>
    public static SdpError Parse(ReadOnlySpan<byte> body, SdpLine at, out MediaLine line)
    {
        line = default;
        var tokens = new SdpTokens(body.Slice(at.Start, at.Length));
        if (!tokens.TryNext(out var kind) || !tokens.TryNext(out var port) || !tokens.TryNext(out var protocol))
            return SdpError.BadMedia;

        // RFC 8866 §5.14: a port may be followed by "/" and a number of ports, which RTP over unicast has no use for.
        var slash = port.IndexOf((byte)'/');
        if (!SdpNumber.TryParse(slash < 0 ? port : port[..slash], ushort.MaxValue, out var number))
            return SdpError.BadMedia;

        var formats = tokens.Rest;
        var count = 0;
        while (tokens.TryNext(out _))
            count++;

        line = new MediaLine(SdpPart.Of(kind, body), number, SdpPart.Of(protocol, body), SdpPart.Of(formats, body));
        return count switch
        {
            0 => SdpError.BadMedia,
            > SdpLimits.MaxFormats => SdpError.TooManyMedia,
            _ => SdpError.None,
        };
    }
}
