using System.Buffers;
using System.Globalization;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>Values as OData filters and keys write them.</summary>
internal static class ODataLiteral
{
    private const string MomentFormat = "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ";

    // RFC 3986 §2.3.
    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    /// <summary>The literal of a filter's argument.</summary>
    /// <exception cref="ArgumentException">The type has no literal.</exception>
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => Quote(text),
        char letter => Quote(letter.ToString()),
        StringBuilder text => Quote(text.ToString()),
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

    /// <summary>Appends a key, which is checked already, as a quoted part of a URI.</summary>
    public static void QuoteForUri(string key, PooledBuffer target)
    {
        Span<byte> octets = stackalloc byte[TableLimits.MaxKeyBytes / sizeof(char) * 3];
        ReadOnlySpan<byte> rest = octets[..Encoding.UTF8.GetBytes(key, octets)];

        target.Append("'"u8);
        while (!rest.IsEmpty)
        {
            var plain = rest.IndexOfAnyExcept(Unreserved);
            target.Append(plain < 0 ? rest : rest[..plain]);
            if (plain < 0)
                break;

            AppendEscaped(rest[plain], target);
            rest = rest[(plain + 1)..];
        }

        target.Append("'"u8);
    }

    private static void AppendEscaped(byte octet, PooledBuffer target)
    {
        if (octet == '\'')
        {
            target.Append("%27%27"u8);
            return;
        }

        var digits = "0123456789ABCDEF"u8;
        target.Append([(byte)'%', digits[octet >> 4], digits[octet & 15]]);
    }

    private static string Moment(DateTime utc) => $"datetime'{utc.ToString(MomentFormat, CultureInfo.InvariantCulture)}'";

    private static string Binary(ReadOnlySpan<byte> bytes) => $"X'{Convert.ToHexString(bytes)}'";
}
