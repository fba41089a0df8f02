using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TekSipCloud.Api.Metrics;

/// <summary>One instrument's series.</summary>
internal sealed class MetricFamily
{
    /// <summary>More label sets than these are not kept: whoever makes them up must not fill our memory. They are counted.</summary>
    public const int MaxSeries = 500;

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    // A gauge says what is, an up-down counter what changed; both are gauges to Prometheus.
    private readonly bool _isLastValue;
    private long _dropped;

    public MetricFamily(Instrument instrument)
    {
        Kind = KindOf(instrument);
        Bounds = Kind == MetricKind.Histogram ? HistogramBounds.Of(instrument) : null;
        Name = MetricNames.Metric(instrument, Kind);
        Help = instrument.Description ?? "";
        IsObservable = instrument.IsObservable;
        _isLastValue = IsObservable || instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);
    }

    public MetricKind Kind { get; }

    public string Name { get; }

    public string Help { get; }

    public double[]? Bounds { get; }

    public bool IsObservable { get; }

    public long Dropped => Interlocked.Read(ref _dropped);

    public IEnumerable<MetricSeries> Series => _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal);

    /// <summary>Takes a measurement of a counter, gauge or histogram.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Find(MetricLabels.Format(tags)) is not { } series)
            Interlocked.Increment(ref _dropped);
        else if (Kind == MetricKind.Histogram)
            series.Observe(value);
        else if (_isLastValue)
            series.Set(value);
        else
            series.Add(value);
    }

    /// <summary>Forgets an observable's series, so that those it no longer reports don't stay.</summary>
    public void Reset() => _series.Clear();

    private MetricSeries? Find(string labels)
    {
        if (_series.TryGetValue(labels, out var series))
            return series;

        return _series.Count < MaxSeries ? _series.GetOrAdd(labels, new MetricSeries(labels, Bounds)) : null;
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        if (type == typeof(Counter<>) || type == typeof(ObservableCounter<>))
            return MetricKind.Counter;
        return type == typeof(Histogram<>) ? MetricKind.Histogram : MetricKind.Gauge;
    }
}
