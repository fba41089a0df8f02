using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Contracts.Nodes;

/// <summary>How a node's gateway fares.</summary>
/// <param name="Phase">Whether it takes new calls.</param>
/// <param name="Calls">Calls in progress; 0 or more.</param>
/// <param name="DrainDeadline">When a drain cuts the calls that are left; null for never, or without a drain.</param>
/// <param name="IsOverloaded">Whether it refuses new calls and registrations in part, because there are more than it can do.</param>
/// <param name="Cpu">Share of the CPU time it may have that it uses, 0 to 1.</param>
/// <param name="Delay">How long a message waits to be handled.</param>
/// <param name="Backlog">How far storage is behind its calls.</param>
/// <param name="CarriedCalls">Calls of other nodes with phones of this one, for which its drain waits as well; null without a drain.</param>
[GenerateSerializer, Alias("gateway-state")]
public sealed record GatewayState(
    [property: Id(0)] GatewayPhase Phase,
    [property: Id(1)] int Calls,
    [property: Id(2)] DateTimeOffset? DrainDeadline,
    [property: Id(3)] bool IsOverloaded,
    [property: Id(4)] double Cpu,
    [property: Id(5)] TimeSpan Delay,
    [property: Id(6)] CallBacklogFigures Backlog,
    [property: Id(7)] int? CarriedCalls = null);
