using System.Diagnostics.Metrics;

namespace TekSipCloud.Api.Metrics;

/// <summary>Turns instrument names into Prometheus' (<c>teksip.calls.active</c> into <c>teksip_calls_active</c>), with unit and <c>_total</c>.</summary>
internal static class MetricNames
{
    public static string Metric(Instrument instrument, MetricKind kind)
    {
        var name = Clean(instrument.Name, allowColon: true);
        var unit = UnitOf(instrument.Unit);
        if (unit.Length > 0 && !name.Split('_').Contains(unit, StringComparer.Ordinal))
            name = $"{name}_{unit}";

        return kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public static string Label(string name) => Clean(name, allowColon: false);

    private static string Clean(string name, bool allowColon)
    {
        var clean = string.Create(name.Length, (name, allowColon), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = state.name[i];
                span[i] = char.IsAsciiLetterOrDigit(c) || (c == ':' && state.allowColon) ? c : '_';
            }
        });
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }

    // What is counted ({call}, {packet}) is in the name already; a number between 0 and 1 is a ratio.
    private static string UnitOf(string? unit) => unit switch
    {
        null or "" => "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "%" => "percent",
        "1" => "ratio",
        ['{', ..] => "",
        _ => Clean(unit, allowColon: false),
    };
}
