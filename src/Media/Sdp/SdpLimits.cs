namespace TekSipCloud.Media.Sdp;

/// <summary>How much of a session description is read before it is refused.</summary>
/// <remarks>A browser's offer with two m-lines and all its codecs is about 4 kB, 120 lines, the longest of them 300 bytes.</remarks>
public static class SdpLimits
{
    /// <summary>Longest body, in bytes.</summary>
    public const int MaxBytes = 32 * 1024;

    /// <summary>Most lines in a body.</summary>
    public const int MaxLines = 512;

    /// <summary>Longest line without its line end, in bytes.</summary>
    public const int MaxLineBytes = 2048;

    /// <summary>Most m= lines in a body.</summary>
    public const int MaxMedia = 16;

    /// <summary>Most formats in an m= line.</summary>
    public const int MaxFormats = 64;
}
