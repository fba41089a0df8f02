using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>Of a call that is recorded no sound is told of but G.711 by its static payload types (RFC 3551 §6).</summary>
internal static class RecordableFormats
{
    private const int ClockHz = 8000;
    private const byte Pcmu = 0;
    private const byte Pcma = 8;

    // RFC 3389 §5
    private const byte ComfortNoise = 13;

    /// <summary>Whether a line has G.711.</summary>
    public static bool Has(MediaDescription media)
    {
        foreach (var codec in media.Codecs)
        {
            if (IsG711(codec))
                return true;
        }

        return false;
    }

    /// <summary>Leaves out what is neither G.711 nor goes with it.</summary>
    public static FormatTranslation? Only(MediaDescription media, FormatTranslation? translation)
    {
        foreach (var codec in media.Codecs)
        {
            if (!IsG711(codec) && codec.PayloadType != ComfortNoise && !codec.IsTelephoneEvent)
                (translation ??= new()).LeaveOut(codec.PayloadType);
        }

        return translation;
    }

    private static bool IsG711(SdpCodec codec) => codec.ClockRateHz == ClockHz && codec.PayloadType switch
    {
        Pcmu => Ascii.EqualsIgnoreCase(codec.Name, "PCMU"u8),
        Pcma => Ascii.EqualsIgnoreCase(codec.Name, "PCMA"u8),
        _ => false,
    };
}
