using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>The fields of an m= line.</summary>
internal sealed record MediaLine(string KindName, int Port, string ProtocolName, string Formats)
{
    public static SdpError Parse(ReadOnlySpan<byte> value, out MediaLine line)
    {
        line = null!;
        var tokens = new SdpTokens(value);
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

        line = new MediaLine(Text(kind), number, Text(protocol), Text(formats));
        return count switch
        {
            0 => SdpError.BadMedia,
            > SdpLimits.MaxFormats => SdpError.TooManyMedia,
            _ => SdpError.None,
        };
    }

    // Latin-1 gives every byte back unchanged when the line is written again.
    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
