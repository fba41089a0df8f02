using Orleans.Concurrency;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Nodes;

/// <summary>What grains can tell a gateway. Every call returns at once; the gateway acts on its own loops.</summary>
[Alias("IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>A tenant that the gateway subscribed to changed.</summary>
    [OneWay]
    Task OnNews(TenantNews news);

    /// <summary>Send this on that flow.</summary>
    [OneWay]
    Task OnSend(FlowAddress flow, SipBytes message);

    /// <summary>This came on another node's flow for one of your calls.</summary>
    [OneWay]
    Task OnReceive(FlowAddress flow, SipBytes message);

    /// <summary>Take no new calls; end those that are left after that time, null for never.</summary>
    [OneWay]
    Task OnDrain(TimeSpan? within);

    /// <summary>Take new calls again.</summary>
    [OneWay]
    Task OnDrainTakenBack();

    /// <summary>End this call.</summary>
    [OneWay]
    Task OnHangUp(Guid call, string reason);

    /// <summary>Give the node's grain the flows of another node that calls go over (<see cref="IGatewayGrain.TakeCallsOver"/>).</summary>
    [OneWay]
    Task OnFindCallsOver(string node, Guid ticket);

    /// <summary>End the calls that go over another node.</summary>
    [OneWay]
    Task OnHangUpCallsOver(string node, string reason);

    /// <summary>Tell the node's grain whether the call that is sought is one of yours (<see cref="IGatewayGrain.TakeHasCall"/>).</summary>
    [OneWay]
    Task OnHasCall(SoughtCall call, Guid ticket);

    /// <summary>Tell the node's grain how a call goes (<see cref="IGatewayGrain.TakeProgress"/>).</summary>
    [OneWay]
    Task OnFindProgress(Guid call, Guid ticket);

    /// <summary>Give the node's grain the messages wanted (<see cref="IGatewayGrain.TakeTrace"/>).</summary>
    [OneWay]
    Task OnFindTrace(TraceQuery query, Guid ticket);
}
