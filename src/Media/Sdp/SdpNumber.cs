using System.Buffers.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>Reads whole tokens as decimal numbers.</summary>
internal static class SdpNumber
{
    public static bool TryParse(ReadOnlySpan<byte> token, int max, out int number)
    {
        var isNumber = Utf8Parser.TryParse(token, out uint value, out var used)
            && used == token.Length
            && token[0] is >= (byte)'0' and <= (byte)'9'
            && value <= (uint)max;
        number = isNumber ? (int)value : 0;
        return isNumber;
    }
}
