using System.Diagnostics.Metrics;

namespace TekSipCloud.Gateway;

/// <summary>What the gateway as a whole counts (meter <c>TekSipCloud.Gateway</c>); read when somebody reads the meter.</summary>
internal sealed class GatewayMetrics
{
    private const string MeterName = "TekSipCloud.Gateway";

    public GatewayMetrics(IMeterFactory meters, GatewayContext context)
    {
        var (sources, overload) = (context.Sources, context.Overload);
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter(
            "teksip.sip.requests_unanswered", () => sources.Unanswered, "{request}", "Requests not answered since their source had spent its share.");
        meter.CreateObservableCounter(
            "teksip.sip.credentials_unjudged", () => sources.Unjudged, "{request}", "Requests whose credentials were not looked at: their source sent too many wrong ones.");
        meter.CreateObservableCounter(
            "teksip.sip.requests_filtered", () => context.Filters.Dropped, "{request}", "Requests not answered since their tenant's IP filters drop them.");
        meter.CreateObservableGauge(
            "teksip.sip.servers_passed_over", () => context.Penalties.Count, "{server}", "Servers of destinations that failed lately.");
        meter.CreateObservableUpDownCounter(
            "teksip.overload.active", () => overload.IsLimiting ? 1 : 0, description: "1 while new requests are refused in part.");
        meter.CreateObservableCounter(
            "teksip.overload.requests_refused", () => overload.Refused, "{request}", "New requests answered 503 because of overload.");
        meter.CreateObservableGauge("teksip.overload.delay", () => overload.Last.Delay.TotalSeconds, "s", "How long a message waits to be handled.");
        meter.CreateObservableGauge("teksip.overload.cpu", () => overload.Last.Cpu, description: "Share of the CPU time the process may have.");
        meter.CreateObservableUpDownCounter("teksip.calls.active", () => context.Calls.Count, "{call}", "Calls in progress.");
        meter.CreateObservableUpDownCounter(
            "teksip.calls.unwritten", () => context.Outbox.Waiting, "{call}", "Calls with something that is not in storage yet.");
        meter.CreateObservableUpDownCounter(
            "teksip.calls.journaled", () => context.Outbox.Read().Journaled, "{call}", "Of these, calls that are on disk meanwhile.");
        meter.CreateObservableGauge(
            "teksip.calls.unwritten_age", () => context.Outbox.Read().Age.TotalSeconds, "s", "How long the oldest of these waits.");
        meter.CreateObservableUpDownCounter(
            "teksip.recordings.waiting", () => context.Recordings.Waiting, "{recording}", "Finished recordings that storage does not have yet.");
    }
}
