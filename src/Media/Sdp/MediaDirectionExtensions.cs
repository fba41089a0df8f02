namespace TekSipCloud.Media.Sdp;

/// <summary>The algebra of directions.</summary>
public static class MediaDirectionExtensions
{
    // All four of RFC 8866 §6.7 are as long.
    private const int DirectionBytes = 8;

    /// <summary>The same flow seen from the other party.</summary>
    public static MediaDirection Reverse(this MediaDirection direction) => direction switch
    {
        MediaDirection.SendOnly => MediaDirection.RecvOnly,
        MediaDirection.RecvOnly => MediaDirection.SendOnly,
        _ => direction,
    };

    /// <summary>Whether the party sends.</summary>
    public static bool Sends(this MediaDirection direction) => (direction & MediaDirection.SendOnly) != MediaDirection.Inactive;

    /// <summary>Whether the party wants to receive.</summary>
    public static bool Receives(this MediaDirection direction) => (direction & MediaDirection.RecvOnly) != MediaDirection.Inactive;

    internal static ReadOnlySpan<byte> ToAttribute(this MediaDirection direction) => direction switch
    {
        MediaDirection.SendOnly => "sendonly"u8,
        MediaDirection.RecvOnly => "recvonly"u8,
        MediaDirection.Inactive => "inactive"u8,
        _ => "sendrecv"u8,
    };

    internal static MediaDirection? FindIn(ReadOnlySpan<byte> bytes, ReadOnlySpan<SdpLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Type != (byte)'a' || line.Length < DirectionBytes)
                continue;

            var text = bytes.Slice(line.Start, line.Length);
            if ((text.Length == DirectionBytes || text[DirectionBytes] == (byte)':') && Parse(text[..DirectionBytes]) is { } direction)
                return direction;
        }

        return null;
    }

    private static MediaDirection? Parse(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("sendrecv"u8))
            return MediaDirection.SendRecv;
        if (name.SequenceEqual("sendonly"u8))
            return MediaDirection.SendOnly;
        if (name.SequenceEqual("recvonly"u8))
            return MediaDirection.RecvOnly;

        return name.SequenceEqual("inactive"u8) ? MediaDirection.Inactive : null;
    }
}
