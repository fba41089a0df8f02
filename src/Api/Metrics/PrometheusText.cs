using System.Globalization;
using System.Text;

namespace TekSipCloud.Api.Metrics;

/// <summary>Prometheus' text exposition format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private const string DroppedName = "teksip_metrics_dropped_total";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder(16 * 1024);
        var dropped = 0L;

        // Two instruments of one name (two hosts in one process) are one metric: HELP and TYPE may stand only once.
        foreach (var group in families.GroupBy(family => family.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            dropped += group.Sum(family => family.Dropped);
            WriteGroup(text, [.. group]);
        }

        WriteHeader(text, DroppedName, "Measurements not kept because their instrument has too many label sets.", MetricKind.Counter);
        WriteSample(text, DroppedName, "", dropped);
        return text.ToString();
    }

    private static void WriteGroup(StringBuilder text, MetricFamily[] families)
    {
        var first = families[0];
        var samples = families.Where(family => family.Kind == first.Kind)
            .SelectMany(family => family.Series.Select(series => (family.Bounds, series)))
            .GroupBy(sample => sample.series.Labels, StringComparer.Ordinal)
            .ToArray();
        if (samples.Length == 0)
            return;

        WriteHeader(text, first.Name, first.Help, first.Kind);
        foreach (var same in samples)
        {
            if (first.Kind == MetricKind.Histogram)
                WriteHistogram(text, first.Name, same.Key, same.First().Bounds!, [.. same.Select(sample => sample.series.Read())]);
            else
                WriteSample(text, first.Name, same.Key, same.Sum(sample => sample.series.Read().Value));
        }
    }

    private static void WriteHistogram(
        StringBuilder text, string name, string labels, double[] bounds, (double Value, long[] Buckets)[] parts)
    {
        var comparable = parts.Where(part => part.Buckets.Length == bounds.Length + 1).ToArray();
        var prefix = labels.Length == 0 ? "" : labels + ",";
        var count = 0L;
        for (var i = 0; i <= bounds.Length; i++)
        {
            count += comparable.Sum(part => part.Buckets[i]);
            var bound = i < bounds.Length ? Number(bounds[i]) : "+Inf";
            WriteSample(text, name + "_bucket", $"{prefix}le=\"{bound}\"", count);
        }

        WriteSample(text, name + "_sum", labels, comparable.Sum(part => part.Value));
        WriteSample(text, name + "_count", labels, count);
    }

    private static void WriteHeader(StringBuilder text, string name, string help, MetricKind kind)
    {
        if (help.Length > 0)
        {
            var escaped = help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append("# HELP ").Append(name).Append(' ').Append(escaped).Append('\n');
        }

        var kindName = kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" };
        text.Append("# TYPE ").Append(name).Append(' ').Append(kindName).Append('\n');
    }

    private static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
