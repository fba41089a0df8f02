namespace TekSipCloud.Media.Sdp;

/// <summary>Walks the RTP payload formats of a media description, best first; formats that are no payload type are left out.</summary>
public ref struct SdpCodecs
{
    private readonly SdpAttributes _attributes;
    private SdpTokens _formats;

    internal SdpCodecs(ReadOnlySpan<byte> formats, SdpAttributes attributes)
    {
        _formats = new SdpTokens(formats);
        _attributes = attributes;
    }

    /// <summary>The format that <see cref="MoveNext"/> reached.</summary>
    public SdpCodec Current { get; private set; }

    /// <summary>Returns itself, so that <c>foreach</c> works.</summary>
    public readonly SdpCodecs GetEnumerator() => this;

    /// <summary>Goes to the next format.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_formats.TryNext(out var format))
        {
            if (!SdpNumber.TryParse(format, 127, out var payloadType))
                continue;

            var known = StaticPayloadTypes.Get((byte)payloadType);
            Current = _attributes.TryFindFormat("rtpmap"u8, (byte)payloadType, out var map) ? ReadRtpMap(map, known) : known;
            return true;
        }

        return false;
    }

    private static SdpCodec ReadRtpMap(ReadOnlySpan<byte> map, SdpCodec known)
    {
        // RFC 8866 §6.6: <encoding name>/<clock rate>[/<encoding parameters>]
        var slash = map.IndexOf((byte)'/');
        if (slash <= 0)
            return known;

        var rest = map[(slash + 1)..];
        var second = rest.IndexOf((byte)'/');
        if (!SdpNumber.TryParse((second < 0 ? rest : rest[..second]).Trim((byte)' '), 1_000_000, out var rate) || rate == 0)
            return known;

        var channels = second >= 0 && SdpNumber.TryParse(rest[(second + 1)..].Trim((byte)' '), 255, out var count) ? count : 1;
        return new SdpCodec(known.PayloadType, map[..slash], rate, channels);
    }
}
