namespace TekSipCloud.Media.Sdp;

/// <summary>One m= line and what belongs to it (RFC 8866 §5.14).</summary>
public sealed class MediaDescription
{
    private readonly SessionDescription _session;
    private readonly MediaLine _line;
    private readonly int _firstLine;
    private readonly int _lineCount;

    internal MediaDescription(SessionDescription session, MediaLine line, int firstLine, int lineCount, SdpConnection? connection)
    {
        _session = session;
        _line = line;
        _firstLine = firstLine;
        _lineCount = lineCount;
        Connection = connection;
        Kind = KindOf(KindName);
        Protocol = ProtocolOf(ProtocolName);
        Direction = MediaDirectionExtensions.FindIn(session.Span, Lines) ?? session.Direction ?? MediaDirection.SendRecv;
    }

    /// <summary>What the line carries.</summary>
    public MediaKind Kind { get; }

    /// <summary>The kind as written.</summary>
    public ReadOnlySpan<byte> KindName => _line.Kind.In(_session.Span);

    /// <summary>The port, 0 to 65535; 0 means rejected or switched off (RFC 3264 §6).</summary>
    public int Port => _line.Port;

    /// <summary>The transport.</summary>
    public MediaProtocol Protocol { get; }

    /// <summary>The transport as written.</summary>
    public ReadOnlySpan<byte> ProtocolName => _line.Protocol.In(_session.Span);

    /// <summary>The formats as written, separated by spaces, best first.</summary>
    public ReadOnlySpan<byte> Formats => _line.Formats.In(_session.Span);

    /// <summary>The c= line that holds for this medium: its own, else the session's, else null.</summary>
    public SdpConnection? Connection { get; }

    /// <summary>Attributes of this medium only.</summary>
    public SdpAttributes Attributes => new(_session.Span, Lines);

    /// <summary>The direction that holds: the medium's, else the session's, else sendrecv (RFC 8866 §6.7).</summary>
    public MediaDirection Direction { get; }

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
    public SdpCodecs Codecs => new(Formats, Attributes);

    /// <summary>What follows the payload type in a=fmtp; empty when there is none.</summary>
    /// <param name="payloadType">0 to 127.</param>
    public ReadOnlySpan<byte> FormatParametersOf(byte payloadType) =>
        Attributes.TryFindFormat("fmtp"u8, payloadType, out var parameters) ? parameters : default;

    /// <summary>The bytes of this section, the m= line first.</summary>
    internal ReadOnlySpan<byte> Section
    {
        get
        {
            var lines = Lines;
            return _session.Span[lines[0].Start..(lines[^1].Start + lines[^1].Length)];
        }
    }

    /// <summary>The lines of this section, the m= line first.</summary>
    internal ReadOnlySpan<SdpLine> Lines => _session.LinesOf(_firstLine, _lineCount);

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

    /// <summary>Whether the transport is SRTP with keys in the description.</summary>
    internal bool IsSavp => Protocol is MediaProtocol.RtpSavp or MediaProtocol.RtpSavpf;

    /// <summary>Whether the transport is SRTP with keys by DTLS, as browsers speak it.</summary>
    internal bool IsDtls => Protocol is MediaProtocol.DtlsRtpSavp or MediaProtocol.DtlsRtpSavpf;

    internal ReadOnlySpan<byte> ValueOf(SdpLine line) => _session.ValueOf(line);

    private static MediaKind KindOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("audio"u8) ? MediaKind.Audio
        : name.SequenceEqual("video"u8) ? MediaKind.Video
        : name.SequenceEqual("image"u8) ? MediaKind.Image
        : name.SequenceEqual("text"u8) || name.SequenceEqual("message"u8) ? MediaKind.Text
        : name.SequenceEqual("application"u8) ? MediaKind.Application
        : MediaKind.Other;

    private static MediaProtocol ProtocolOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("RTP/AVP"u8) ? MediaProtocol.RtpAvp
        : name.SequenceEqual("RTP/AVPF"u8) ? MediaProtocol.RtpAvpf
        : name.SequenceEqual("RTP/SAVP"u8) ? MediaProtocol.RtpSavp
        : name.SequenceEqual("RTP/SAVPF"u8) ? MediaProtocol.RtpSavpf
        : name.SequenceEqual("UDP/TLS/RTP/SAVP"u8) ? MediaProtocol.DtlsRtpSavp
        : name.SequenceEqual("UDP/TLS/RTP/SAVPF"u8) ? MediaProtocol.DtlsRtpSavpf
        : MediaProtocol.Other;
}
