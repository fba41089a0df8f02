namespace TekSipCloud.Media.Sdp;

/// <summary>One RTP payload format of an m= line, from a=rtpmap or from RFC 3551's static table.</summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Name">Encoding name such as <c>PCMU</c>; empty for a dynamic type without a=rtpmap.</param>
/// <param name="ClockRateHz">RTP clock rate; 8000 when unknown.</param>
/// <param name="Channels">1 unless said otherwise.</param>
/// <param name="FormatParameters">What follows the payload type in a=fmtp; null when there is none.</param>
public sealed record SdpCodec(byte PayloadType, string Name, int ClockRateHz, int Channels, string? FormatParameters)
{
    /// <summary>Whether these are DTMF events (RFC 4733).</summary>
    public bool IsTelephoneEvent => Name.Equals("telephone-event", StringComparison.OrdinalIgnoreCase);
}
