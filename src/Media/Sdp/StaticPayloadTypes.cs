namespace TekSipCloud.Media.Sdp;

/// <summary>Audio formats whose numbers need no a=rtpmap (RFC 3551 §6, table 4).</summary>
internal static class StaticPayloadTypes
{
    // RFC 3551 §4.5.2: G722 is clocked at 8000 Hz although it samples at 16000.
    public static SdpCodec Get(byte payloadType) => payloadType switch
    {
        0 => new(0, "PCMU"u8, 8000),
        3 => new(3, "GSM"u8, 8000),
        4 => new(4, "G723"u8, 8000),
        5 => new(5, "DVI4"u8, 8000),
        6 => new(6, "DVI4"u8, 16000),
        7 => new(7, "LPC"u8, 8000),
        8 => new(8, "PCMA"u8, 8000),
        9 => new(9, "G722"u8, 8000),
        10 => new(10, "L16"u8, 44100, 2),
        11 => new(11, "L16"u8, 44100),
        12 => new(12, "QCELP"u8, 8000),
        13 => new(13, "CN"u8, 8000),
        14 => new(14, "MPA"u8, 90000),
        15 => new(15, "G728"u8, 8000),
        16 => new(16, "DVI4"u8, 11025),
        17 => new(17, "DVI4"u8, 22050),
        18 => new(18, "G729"u8, 8000),
        _ => new(payloadType, [], 8000),
    };
}
