using System.Diagnostics.Metrics;

namespace TekSipCloud.Api.Metrics;

/// <summary>Upper bounds of a histogram's buckets: what the instrument advises, else the client libraries' defaults.</summary>
internal static class HistogramBounds
{
    // The Prometheus client libraries' default, for durations of requests in seconds.
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // OpenTelemetry's default explicit bounds (SDK specification, explicit bucket histogram aggregation).
    private static readonly double[] Numbers = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    public static double[] Of(Instrument instrument) =>
        Advised(instrument) ?? (instrument.Unit == "s" ? Seconds : Numbers);

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Histogram<double> h => h.Advice?.HistogramBucketBoundaries?.ToArray(),
        Histogram<float> h => h.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
        Histogram<long> h => h.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
        Histogram<int> h => h.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
        _ => null,
    };
}
