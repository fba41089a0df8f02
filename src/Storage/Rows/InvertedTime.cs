using System.Globalization;

namespace TekSipCloud.Storage.Rows;

/// <summary>Moments as digits that sort the latest first.</summary>
internal static class InvertedTime
{
    private const long LastMillisecond = 253_402_300_799_999;

    /// <summary>19 digits, exact to the tick.</summary>
    public static string OfTicks(DateTimeOffset moment) =>
        (DateTimeOffset.MaxValue.UtcTicks - moment.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>15 digits of a Unix time in milliseconds.</summary>
    public static string OfMilliseconds(long unixMilliseconds) =>
        (LastMillisecond - unixMilliseconds).ToString("D15", CultureInfo.InvariantCulture);

    /// <summary>8 digits of the UTC day.</summary>
    public static string OfDay(long unixMilliseconds)
    {
        var day = DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).UtcDateTime;
        var number = (day.Year * 10_000) + (day.Month * 100) + day.Day;
        return (99_999_999 - number).ToString("D8", CultureInfo.InvariantCulture);
    }

    /// <summary>Undoes <see cref="OfMilliseconds"/>.</summary>
    public static bool TryReadMilliseconds(ReadOnlySpan<char> digits, out long unixMilliseconds)
    {
        var read = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var inverted)
            && inverted <= LastMillisecond;
        unixMilliseconds = read ? LastMillisecond - inverted : 0;
        return read;
    }
}
