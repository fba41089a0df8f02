using System.Buffers;
using System.Globalization;

namespace TekSipCloud.Api.Metrics;

/// <summary>Writes tags as Prometheus labels: <c>name="value",…</c> in the order of their names.</summary>
internal static class MetricLabels
{
    private const int MaxTags = 16;
    private const int MaxValueLength = 128;
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\"\n");

    public static string Format(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";

        var sorted = tags[..Math.Min(tags.Length, MaxTags)].ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return string.Join(',', sorted.Select(tag => $"{MetricNames.Label(tag.Key)}=\"{Escape(tag.Value)}\""));
    }

    private static string Escape(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (text.Length > MaxValueLength)
            text = text[..MaxValueLength];

        return text.AsSpan().ContainsAny(Escaped)
            ? text.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal)
            : text;
    }
}
