namespace TekSipCloud.Sip.Headers;

/// <summary>A preference between 0 and 1 with up to three decimals (RFC 3261 §25.1 <c>qvalue</c>).</summary>
public static class QValue
{
    /// <summary>Reads a value such as <c>0.5</c>.</summary>
    /// <param name="value">The value, trimmed.</param>
    /// <param name="thousandths">0–1000; 0 on failure.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out int thousandths)
    {
        thousandths = 0;
        if (value.IsEmpty || value.Length > 5 || value[0] is not ((byte)'0' or (byte)'1'))
            return false;
        if (value.Length > 1 && value[1] != '.')
            return false;

        var scale = 1000;
        for (var index = 0; index < value.Length; index++)
        {
            if (index == 1)
                continue;
            if (!char.IsAsciiDigit((char)value[index]))
                return false;
            thousandths += (value[index] - '0') * scale;
            scale /= 10;
        }

        var isInRange = thousandths <= 1000;
        thousandths = isInRange ? thousandths : 0;
        return isInRange;
    }
}
