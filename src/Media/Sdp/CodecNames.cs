using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>Encoding names as text: one string for each of those in common use, whoever says it.</summary>
internal static class CodecNames
{
    private static readonly string[] Common =
        ["PCMU", "PCMA", "G722", "G729", "opus", "GSM", "iLBC", "speex", "G726-32", "AMR", "AMR-WB", "L16", "CN"];

    public static string Get(ReadOnlySpan<byte> name)
    {
        foreach (var common in Common)
        {
            if (Ascii.Equals(name, common))
                return common;
        }

        return name.IsEmpty ? "" : Encoding.Latin1.GetString(name);
    }
}
