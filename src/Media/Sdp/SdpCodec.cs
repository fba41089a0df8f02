using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>One RTP payload format of an m= line, from a=rtpmap or from RFC 3551's static table.</summary>
/// <remarks>Borrows the description's bytes.</remarks>
public readonly ref struct SdpCodec
{
    internal SdpCodec(byte payloadType, ReadOnlySpan<byte> name, int clockRateHz, int channels = 1)
    {
        PayloadType = payloadType;
        Name = name;
        ClockRateHz = clockRateHz;
        Channels = channels;
    }

    /// <summary>0 to 127.</summary>
    public byte PayloadType { get; }

    /// <summary>Encoding name such as <c>PCMU</c>, as written; empty for a dynamic type without a=rtpmap.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>RTP clock rate; 8000 when unknown.</summary>
    public int ClockRateHz { get; }

    /// <summary>1 unless said otherwise.</summary>
    public int Channels { get; }

    /// <summary>Whether these are DTMF events (RFC 4733).</summary>
    public bool IsTelephoneEvent => Ascii.EqualsIgnoreCase(Name, "telephone-event"u8);

    /// <summary>Whether it is sound by itself: no events, comfort noise (RFC 3389) or copies of others (RFC 2198).</summary>
    internal bool IsSound => !IsTelephoneEvent && !Ascii.EqualsIgnoreCase(Name, "CN"u8) && !Ascii.EqualsIgnoreCase(Name, "red"u8);
}
