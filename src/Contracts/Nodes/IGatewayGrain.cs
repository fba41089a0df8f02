using System.Collections.Immutable;
using Orleans.Concurrency;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Contracts.Nodes;

/// <summary>The door to one node's gateway: holds its observer and calls no other grain. Key: the node's name.</summary>
[Alias("IGatewayGrain")]
public interface IGatewayGrain : IGrainWithStringKey
{
    /// <summary>The gateway says that it lives and how to reach it; repeated within <see cref="GatewayObserver.SubscriptionLifetime"/>.</summary>
    Task Attach(IGatewayObserver gateway, string incarnation);

    /// <summary>The gateway stops.</summary>
    Task Detach(string incarnation);

    /// <summary>Has the gateway send a SIP message on a flow it holds. NotFound when the gateway or the flow is gone.</summary>
    [AlwaysInterleave]
    Task<Result> Send(FlowAddress flow, SipBytes message);

    /// <summary>Hands the gateway a SIP message that another node received for a call of this one. NotFound when the gateway is gone.</summary>
    [AlwaysInterleave]
    Task<Result> Receive(FlowAddress flow, SipBytes message);

    /// <summary>The gateway says how it fares, each second.</summary>
    Task Report(string incarnation, GatewayState state);

    /// <summary>How the gateway fares; null when none runs on the node.</summary>
    [AlwaysInterleave]
    Task<GatewayState?> GetState();

    /// <summary>
    /// Has the gateway take no new calls. Those that are left after <paramref name="within"/> are ended; null waits for them however long they
    /// take. Repeating it moves the deadline. NotFound when the gateway is gone.
    /// </summary>
    [AlwaysInterleave]
    Task<Result> Drain(TimeSpan? within);

    /// <summary>Has the gateway take new calls again. NotFound when the gateway is gone.</summary>
    [AlwaysInterleave]
    Task<Result> TakeBackDrain();

    /// <summary>Has the gateway end a call. NotFound when the gateway is gone.</summary>
    [AlwaysInterleave]
    Task<Result> HangUp(Guid call, string reason);

    /// <summary>
    /// The flows of another node that parties of this one's calls are reached by, once for each call: what breaks when that node stops. NotFound when
    /// the gateway is gone or does not answer within 5 s.
    /// </summary>
    [AlwaysInterleave]
    Task<Result<ImmutableArray<FlowId>>> FindCallsOver(string node);

    /// <summary>The gateway's answer to <see cref="IGatewayObserver.OnFindCallsOver"/>.</summary>
    [AlwaysInterleave]
    Task TakeCallsOver(Guid ticket, ImmutableArray<FlowId> flows);

    /// <summary>Has the gateway end its calls with parties that are reached through another node, which stops. NotFound when the gateway is gone.</summary>
    [AlwaysInterleave]
    Task<Result> HangUpCallsOver(string node, string reason);

    /// <summary>
    /// Whether a call of the gateway is the one that is sought. NotFound when the gateway is gone or does not answer within 5 s.
    /// </summary>
    [AlwaysInterleave]
    Task<Result<bool>> HasCall(SoughtCall call);

    /// <summary>The gateway's answer to <see cref="IGatewayObserver.OnHasCall"/>.</summary>
    [AlwaysInterleave]
    Task TakeHasCall(Guid ticket, bool hasCall);

    /// <summary>How a call of the gateway goes. NotFound when it is over, or the gateway is gone or does not answer within 5 s.</summary>
    [AlwaysInterleave]
    Task<Result<CallProgress>> FindProgress(Guid call);

    /// <summary>The gateway's answer to <see cref="IGatewayObserver.OnFindProgress"/>; null when the call is over.</summary>
    [AlwaysInterleave]
    Task TakeProgress(Guid ticket, CallProgress? progress);

    /// <summary>
    /// Asks the gateway for SIP messages that it remembers; none is an empty trace. NotFound when the gateway is gone or does not answer within 5 s.
    /// </summary>
    [AlwaysInterleave]
    Task<Result<CallTrace>> FindTrace(TraceQuery query);

    /// <summary>The gateway's answer to <see cref="IGatewayObserver.OnFindTrace"/>.</summary>
    [AlwaysInterleave]
    Task TakeTrace(Guid ticket, CallTrace trace);
}
