namespace TekSipCloud.Media.Sdp;

/// <summary>The audio attributes that pass from leg to leg; a list of what passes, so that what is not known ends here.</summary>
internal static class PassedAttributes
{
    public static bool Passes(ReadOnlySpan<byte> line)
    {
        var name = line.IsEmpty ? default : BeginningWith(line[0]);
        return !name.IsEmpty && line.StartsWith(name) && (line.Length == name.Length || line[name.Length] == (byte)':');
    }

    private static ReadOnlySpan<byte> BeginningWith(byte letter) => letter switch
    {
        (byte)'r' => "rtpmap"u8,
        (byte)'f' => "fmtp"u8,
        (byte)'p' => "ptime"u8,
        (byte)'m' => "maxptime"u8,
        (byte)'s' => "silenceSupp"u8,
        (byte)'g' => "gpmd"u8,
        (byte)'c' => "content"u8,
        (byte)'l' => "lang"u8,
        _ => default,
    };
}
