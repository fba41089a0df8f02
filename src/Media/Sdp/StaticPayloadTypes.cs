namespace TekSipCloud.Media.Sdp;

/// <summary>Audio formats whose numbers need no a=rtpmap (RFC 3551 §6, table 4).</summary>
internal static class StaticPayloadTypes
{
    // RFC 3551 §4.5.2: G722 is clocked at 8000 Hz although it samples at 16000.
    public static (string Name, int ClockRateHz, int Channels) Get(byte payloadType) => payloadType switch
    {
        0 => ("PCMU", 8000, 1),
        3 => ("GSM", 8000, 1),
        4 => ("G723", 8000, 1),
        5 => ("DVI4", 8000, 1),
        6 => ("DVI4", 16000, 1),
        7 => ("LPC", 8000, 1),
        8 => ("PCMA", 8000, 1),
        9 => ("G722", 8000, 1),
        10 => ("L16", 44100, 2),
        11 => ("L16", 44100, 1),
        12 => ("QCELP", 8000, 1),
        13 => ("CN", 8000, 1),
        14 => ("MPA", 90000, 1),
        15 => ("G728", 8000, 1),
        16 => ("DVI4", 11025, 1),
        17 => ("DVI4", 22050, 1),
        18 => ("G729", 8000, 1),
        _ => ("", 8000, 1),
    };
}
