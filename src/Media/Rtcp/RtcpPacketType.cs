namespace TekSipCloud.Media.Rtcp;

/// <summary>RTCP packet types (RFC 3550 §12.1, RFC 4585 §6.1, RFC 3611 §2).</summary>
public static class RtcpPacketType
{
    /// <summary>Sender report.</summary>
    public const byte SenderReport = 200;

    /// <summary>Receiver report.</summary>
    public const byte ReceiverReport = 201;

    /// <summary>Source description.</summary>
    public const byte SourceDescription = 202;

    /// <summary>Goodbye.</summary>
    public const byte Bye = 203;

    /// <summary>Application-defined.</summary>
    public const byte Application = 204;

    /// <summary>Transport-layer feedback.</summary>
    public const byte TransportFeedback = 205;

    /// <summary>Payload-specific feedback.</summary>
    public const byte PayloadFeedback = 206;

    /// <summary>Extended report.</summary>
    public const byte ExtendedReport = 207;
}
