using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TekSipCloud.Api.Metrics;

/// <summary>Listens to the process's meters from its start and tells them in Prometheus' text format.</summary>
internal sealed class MetricsPage : IDisposable
{
    private static readonly string[] Meters =
    [
        "TekSip",
        "System.Runtime",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
    ];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly Lock _scrape = new();

    public MetricsPage()
    {
        _listener.InstrumentPublished = Subscribe;
        _listener.MeasurementsCompleted = (instrument, _) => _families.TryRemove(instrument, out var _);
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Record(state, (double)value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.Start();
    }

    public string Write()
    {
        lock (_scrape)
        {
            foreach (var family in _families.Values)
            {
                if (family.IsObservable)
                    family.Reset();
            }

            _listener.RecordObservableInstruments();
            return PrometheusText.Write(_families.Values);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Subscribe(Instrument instrument, MeterListener listener)
    {
        if (!Meters.Any(meter => instrument.Meter.Name.StartsWith(meter, StringComparison.OrdinalIgnoreCase)))
            return;

        var family = _families.GetOrAdd(instrument, static created => new MetricFamily(created));
        listener.EnableMeasurementEvents(instrument, family);
    }

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);
}
