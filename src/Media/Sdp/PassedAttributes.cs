namespace TekSipCloud.Media.Sdp;

/// <summary>The audio attributes that pass from leg to leg; a list of what passes, so that what is not known ends here.</summary>
internal static class PassedAttributes
{
    public static bool Passes(ReadOnlySpan<byte> line)
    {
        var name = new SdpAttribute(line).Name;
        return name.SequenceEqual("rtpmap"u8)
            || name.SequenceEqual("fmtp"u8)
            || name.SequenceEqual("ptime"u8)
            || name.SequenceEqual("maxptime"u8)
            || name.SequenceEqual("silenceSupp"u8)
            || name.SequenceEqual("gpmd"u8)
            || name.SequenceEqual("content"u8)
            || name.SequenceEqual("lang"u8);
    }
}
