using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Api.Nodes;

/// <summary>How a node's gateway fares.</summary>
/// <param name="Phase">Whether it takes new calls.</param>
/// <param name="Calls">Calls in progress.</param>
/// <param name="CarriedCalls">Calls of other nodes with phones of this one, for which its drain waits as well; null without a drain.</param>
/// <param name="DrainDeadline">When a drain cuts the calls that are left; null for never, or without a drain.</param>
/// <param name="IsOverloaded">Whether it refuses new calls and registrations in part, because there are more than it can do.</param>
/// <param name="Cpu">Share of the CPU time it may have that it uses, 0 to 1.</param>
/// <param name="DelayMilliseconds">How long a message waits to be handled.</param>
/// <param name="CallBacklog">How far storage is behind its calls.</param>
internal sealed record GatewayStateDto(
    GatewayPhase Phase,
    int Calls,
    int? CarriedCalls,
    DateTimeOffset? DrainDeadline,
    bool IsOverloaded,
    double Cpu,
    double DelayMilliseconds,
    CallBacklogDto CallBacklog)
{
    public static GatewayStateDto? From(GatewayState? state) => state is null
        ? null
        : new(
            state.Phase,
            state.Calls,
            state.CarriedCalls,
            state.DrainDeadline,
            state.IsOverloaded,
            Math.Round(state.Cpu, 3),
            Math.Round(state.Delay.TotalMilliseconds, 1),
            CallBacklogDto.From(state.Backlog));
}
