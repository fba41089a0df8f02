namespace TekSipCloud.Media.Sdp;

/// <summary>Reads whole tokens as decimal numbers.</summary>
internal static class SdpNumber
{
    public static bool TryParse(ReadOnlySpan<byte> token, int max, out int number)
    {
        number = 0;
        var value = 0L;
        foreach (var letter in token)
        {
            var digit = (uint)(letter - '0');
            value = value * 10 + digit;
            if (digit > 9 || value > max)
                return false;
        }

        number = (int)value;
        return !token.IsEmpty;
    }
}
