using System.Diagnostics.Metrics;
using TekSipCloud.Gateway.Admission;

namespace TekSipCloud.Gateway;

/// <summary>What the gateway as a whole counts (meter <c>TekSipCloud.Gateway</c>); read when somebody reads the meter.</summary>
internal sealed class GatewayMetrics
{
    private const string MeterName = "TekSipCloud.Gateway";

    public GatewayMetrics(IMeterFactory meters, SourceGate sources)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter(
            "teksip.sip.requests_unanswered", () => sources.Unanswered, "{request}", "Requests not answered since their source had spent its share.");
    }
}
