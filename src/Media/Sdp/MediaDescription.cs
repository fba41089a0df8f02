using System.Collections.Immutable;
using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>One m= line and what belongs to it (RFC 8866 §5.14).</summary>
public sealed class MediaDescription
{
    private readonly SessionDescription _session;
    private readonly Range _range;
    private readonly MediaLine _line;

    internal MediaDescription(SessionDescription session, MediaLine line, Range range, SdpConnection? connection)
    {
        _session = session;
        _line = line;
        _range = range;
        Connection = connection;
        Kind = KindOf(line.KindName);
        Protocol = ProtocolOf(line.ProtocolName);
    }

    /// <summary>What the line carries.</summary>
    public MediaKind Kind { get; }

    /// <summary>The kind as written.</summary>
    public string KindName => _line.KindName;

    /// <summary>The port, 0 to 65535; 0 means rejected or switched off (RFC 3264 §6).</summary>
    public int Port => _line.Port;

    /// <summary>The transport.</summary>
    public MediaProtocol Protocol { get; }

    /// <summary>The transport as written.</summary>
    public string ProtocolName => _line.ProtocolName;

    /// <summary>The formats as written, separated by spaces, best first.</summary>
    public string Formats => _line.Formats;

    /// <summary>The c= line that holds for this medium: its own, else the session's, else null.</summary>
    public SdpConnection? Connection { get; }

    /// <summary>Attributes of this medium only.</summary>
    public SdpAttributes Attributes => _session.AttributesOf(_range);

    /// <summary>The direction that holds: the medium's, else the session's, else sendrecv (RFC 8866 §6.7).</summary>
    public MediaDirection Direction =>
        MediaDirectionExtensions.FindIn(Attributes) ?? _session.Direction ?? MediaDirection.SendRecv;

    /// <summary>Whether RTCP may share the RTP port (RFC 5761).</summary>
    public bool HasRtcpMux => Attributes.Has("rtcp-mux"u8);

    /// <summary>Whether ICE is used, here or at session level (RFC 8839).</summary>
    public bool HasIce => Attributes.Has("ice-ufrag"u8) || _session.Attributes.Has("ice-ufrag"u8);

    /// <summary>Whether a DTLS fingerprint is given, here or at session level (RFC 8122).</summary>
    public bool HasFingerprint => Attributes.Has("fingerprint"u8) || _session.Attributes.Has("fingerprint"u8);

    /// <summary>Whether SDES keys are given (RFC 4568).</summary>
    public bool HasCrypto => Attributes.Has("crypto"u8);

    /// <summary>The identification tag (RFC 5888); empty when there is none.</summary>
    public ReadOnlySpan<byte> Mid => Attributes.TryFind("mid"u8, out var mid) ? mid : default;

    /// <summary>Milliseconds of sound per packet from a=ptime; null when it is not said.</summary>
    public int? PtimeMilliseconds =>
        Attributes.TryFind("ptime"u8, out var value) && SdpNumber.TryParse(value.Trim((byte)' '), 1000, out var ms)
            ? ms
            : null;

    /// <summary>The RTP payload formats in order of preference; formats that are no payload type are left out.</summary>
    public ImmutableArray<SdpCodec> Codecs
    {
        get
        {
            var codecs = ImmutableArray.CreateBuilder<SdpCodec>();
            var tokens = new SdpTokens(Encoding.Latin1.GetBytes(_line.Formats));
            while (tokens.TryNext(out var format))
            {
                if (SdpNumber.TryParse(format, 127, out var payloadType))
                    codecs.Add(CodecOf((byte)payloadType));
            }

            return codecs.ToImmutable();
        }
    }

    /// <summary>The lines of this section, the m= line first.</summary>
    internal ReadOnlySpan<SdpLine> Lines => _session.LinesOf(_range);

    /// <summary>Finds where RTCP is wanted when a=rtcp says so (RFC 3605).</summary>
    /// <param name="port">The port.</param>
    /// <param name="connection">The address; null when it is that of the medium.</param>
    /// <returns>Whether there is a readable a=rtcp line.</returns>
    public bool TryGetRtcp(out int port, out SdpConnection? connection)
    {
        connection = null;
        port = 0;
        if (!Attributes.TryFind("rtcp"u8, out var value))
            return false;

        var tokens = new SdpTokens(value);
        if (!tokens.TryNext(out var number) || !SdpNumber.TryParse(number, ushort.MaxValue, out port))
            return false;

        if (!tokens.IsAtEnd && SdpConnection.TryParse(tokens.Rest, out var read))
            connection = read;

        return true;
    }

    internal ReadOnlySpan<byte> ValueOf(SdpLine line) => _session.ValueOf(line);

    private SdpCodec CodecOf(byte payloadType)
    {
        var (name, clockRate, channels) = StaticPayloadTypes.Get(payloadType);
        if (TryFindFormat("rtpmap"u8, payloadType, out var map))
            ReadRtpMap(map, ref name, ref clockRate, ref channels);

        var parameters = TryFindFormat("fmtp"u8, payloadType, out var text) ? Encoding.Latin1.GetString(text) : null;
        return new SdpCodec(payloadType, name, clockRate, channels, parameters);
    }

    private static void ReadRtpMap(ReadOnlySpan<byte> map, ref string name, ref int clockRate, ref int channels)
    {
        // RFC 8866 §6.6: <encoding name>/<clock rate>[/<encoding parameters>]
        var slash = map.IndexOf((byte)'/');
        if (slash <= 0)
            return;

        var rest = map[(slash + 1)..];
        var second = rest.IndexOf((byte)'/');
        if (!SdpNumber.TryParse((second < 0 ? rest : rest[..second]).Trim((byte)' '), 1_000_000, out var rate) || rate == 0)
            return;

        name = Encoding.Latin1.GetString(map[..slash]);
        clockRate = rate;
        channels = second >= 0 && SdpNumber.TryParse(rest[(second + 1)..].Trim((byte)' '), 255, out var count) ? count : 1;
    }

    private bool TryFindFormat(ReadOnlySpan<byte> name, byte payloadType, out ReadOnlySpan<byte> value)
    {
        foreach (var attribute in Attributes)
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

    private static MediaKind KindOf(string name) => name switch
    {
        "audio" => MediaKind.Audio,
        "video" => MediaKind.Video,
        "image" => MediaKind.Image,
        "text" or "message" => MediaKind.Text,
        "application" => MediaKind.Application,
        _ => MediaKind.Other,
    };

    private static MediaProtocol ProtocolOf(string name) => name switch
    {
        "RTP/AVP" => MediaProtocol.RtpAvp,
        "RTP/AVPF" => MediaProtocol.RtpAvpf,
        "RTP/SAVP" => MediaProtocol.RtpSavp,
        "RTP/SAVPF" => MediaProtocol.RtpSavpf,
        "UDP/TLS/RTP/SAVP" => MediaProtocol.DtlsRtpSavp,
        "UDP/TLS/RTP/SAVPF" => MediaProtocol.DtlsRtpSavpf,
        _ => MediaProtocol.Other,
    };
}
