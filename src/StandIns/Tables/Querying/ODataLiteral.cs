using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>Values as OData filters and keys write them.</summary>
internal static class ODataLiteral
{
    private const string MomentFormat = "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ";

    /// <summary>The literal of a filter's argument.</summary>
    /// <exception cref="ArgumentException">The type has no literal.</exception>
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => Quote(text),
        char letter => Quote(letter.ToString()),
        System.Text.StringBuilder text => Quote(text.ToString()),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "L",
        sbyte or byte or short or ushort or int or uint or decimal or float or double =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        Guid id => $"guid'{id}'",
        DateTimeOffset moment => Moment(moment.UtcDateTime),
        DateTime moment => Moment(moment.ToUniversalTime()),
        byte[] bytes => Binary(bytes),
        BinaryData bytes => Binary(bytes.ToMemory().Span),
        _ => throw new ArgumentException($"There is no OData literal for {value.GetType()}.", nameof(value)),
    };

    /// <summary>A string in quotes; a quote within is doubled, which is all that OData escapes.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A quoted string as a part of a URI.</summary>
    public static string QuoteForUri(string text) =>
        $"'{Uri.EscapeDataString(text.Replace("'", "''", StringComparison.Ordinal))}'";

    private static string Moment(DateTime utc) => $"datetime'{utc.ToString(MomentFormat, CultureInfo.InvariantCulture)}'";

    private static string Binary(ReadOnlySpan<byte> bytes) => $"X'{Convert.ToHexString(bytes)}'";
}
