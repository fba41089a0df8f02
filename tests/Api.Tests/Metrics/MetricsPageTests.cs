using System.Diagnostics.Metrics;
using TekSipCloud.Api.Metrics;

namespace TekSipCloud.Api.Tests.Metrics;

/// <summary>Prometheus' text exposition format, version 0.0.4.</summary>
public sealed class MetricsPageTests : IDisposable
{
    // Meters are process-wide: a name of this test's own keeps other tests' figures out.
    private readonly string _prefix = $"t{Guid.NewGuid():N}";
    private readonly Meter _meter = new("TekSipCloud.Test");
    private readonly MetricsPage _page = new();

    [Fact]
    public void A_counter_has_help_type_and_total()
    {
        var counter = _meter.CreateCounter<long>($"{_prefix}.sip.requests", "{request}", "SIP requests\nreceived \\ all");
        counter.Add(2, new("method", "INVITE"), new("transport", "udp"));
        counter.Add(3, new("transport", "udp"), new("method", "INVITE"));

        Assert.Equal(
            [
                $"# HELP {_prefix}_sip_requests_total SIP requests\\nreceived \\\\ all",
                $"# TYPE {_prefix}_sip_requests_total counter",
                $"{_prefix}_sip_requests_total{{method=\"INVITE\",transport=\"udp\"}} 5",
            ],
            Lines());
    }

    [Fact]
    public void A_unit_that_the_name_says_already_is_not_said_twice()
    {
        _meter.CreateCounter<long>($"{_prefix}.rtp.bytes.received", "By").Add(160);

        Assert.Contains($"{_prefix}_rtp_bytes_received_total 160", Lines());
    }

    [Fact]
    public void An_up_down_counter_is_a_gauge_of_what_it_sums_to()
    {
        var calls = _meter.CreateUpDownCounter<int>($"{_prefix}.calls.active", "{call}");
        calls.Add(3);
        calls.Add(-1);

        Assert.Equal([$"# TYPE {_prefix}_calls_active gauge", $"{_prefix}_calls_active 2"], Lines());
    }

    [Fact]
    public void A_gauge_tells_its_last_value()
    {
        var gauge = _meter.CreateGauge<double>($"{_prefix}.load", "1");
        gauge.Record(0.5);
        gauge.Record(0.25);

        Assert.Equal([$"# TYPE {_prefix}_load_ratio gauge", $"{_prefix}_load_ratio 0.25"], Lines());
    }

    [Fact]
    public void A_histogram_has_cumulated_buckets_sum_and_count()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] };
        var histogram = _meter.CreateHistogram($"{_prefix}.setup", "s", null, null, advice);
        histogram.Record(0.0625);
        histogram.Record(1);
        histogram.Record(7);

        Assert.Equal(
            [
                $"# TYPE {_prefix}_setup_seconds histogram",
                $"{_prefix}_setup_seconds_bucket{{le=\"0.1\"}} 1",
                $"{_prefix}_setup_seconds_bucket{{le=\"1\"}} 2",
                $"{_prefix}_setup_seconds_bucket{{le=\"+Inf\"}} 3",
                $"{_prefix}_setup_seconds_sum 8.0625",
                $"{_prefix}_setup_seconds_count 3",
            ],
            Lines());
    }

    [Fact]
    public void An_observable_tells_what_is_now_and_forgets_what_is_gone()
    {
        var nodes = new[] { "a", "b" };
        _meter.CreateObservableGauge($"{_prefix}.up", () => nodes.Select(n => new Measurement<int>(1, new KeyValuePair<string, object?>("node", n))));
        Assert.Equal(3, Lines().Length);

        nodes = ["b"];
        Assert.Equal([$"# TYPE {_prefix}_up gauge", $"{_prefix}_up{{node=\"b\"}} 1"], Lines());
    }

    [Fact]
    public void Labels_are_escaped()
    {
        _meter.CreateCounter<int>($"{_prefix}.odd").Add(1, new KeyValuePair<string, object?>("user.agent", "a\"b\\c\nd"));
        Assert.Contains($"{_prefix}_odd_total{{user_agent=\"a\\\"b\\\\c\\nd\"}} 1", Lines());
    }

    [Fact]
    public void Label_sets_beyond_the_bound_are_counted_but_not_kept()
    {
        var counter = _meter.CreateCounter<int>($"{_prefix}.wild");
        for (var i = 0; i < MetricFamily.MaxSeries + 10; i++)
            counter.Add(1, new KeyValuePair<string, object?>("n", i));

        Assert.Equal(MetricFamily.MaxSeries + 1, Lines().Length);
        Assert.Contains(_page.Write().Split('\n'), line => line.StartsWith("teksip_metrics_dropped_total ", StringComparison.Ordinal)
            && !line.EndsWith(" 0", StringComparison.Ordinal));
    }

    [Fact]
    public void Meters_that_are_not_ours_are_left_out()
    {
        using var foreign = new Meter("Someone.Else");
        foreign.CreateCounter<int>($"{_prefix}.foreign").Add(1);
        Assert.Empty(Lines());
    }

    public void Dispose()
    {
        _page.Dispose();
        _meter.Dispose();
    }

    private string[] Lines() =>
        [.. _page.Write().Split('\n').Where(line => line.Contains(_prefix, StringComparison.Ordinal))];
}
