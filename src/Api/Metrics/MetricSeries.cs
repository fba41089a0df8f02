namespace TekSipCloud.Api.Metrics;

/// <summary>One label set of a metric: a number, or a histogram's buckets.</summary>
internal sealed class MetricSeries(string labels, double[]? bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = bounds is null ? [] : new long[bounds.Length + 1];
    private double _value;

    /// <summary>The labels as they are written, without braces; empty for none.</summary>
    public string Labels { get; } = labels;

    public void Add(double amount)
    {
        lock (_lock)
            _value += amount;
    }

    public void Set(double value)
    {
        lock (_lock)
            _value = value;
    }

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds!.Length && value > bounds[bucket])
            bucket++;

        lock (_lock)
        {
            _buckets[bucket]++;
            _value += value;
        }
    }

    /// <summary>The number, or a histogram's sum with a copy of the counts of its buckets, not yet cumulated.</summary>
    public (double Value, long[] Buckets) Read()
    {
        lock (_lock)
            return (_value, [.. _buckets]);
    }
}
