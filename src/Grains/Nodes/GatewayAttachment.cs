using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Grains.Nodes;

/// <summary>A gateway as its door knows it.</summary>
/// <param name="Gateway">How to tell it something.</param>
/// <param name="Incarnation">Its start.</param>
/// <param name="Renewed">When it last said that it lives.</param>
internal sealed record GatewayAttachment(IGatewayObserver Gateway, string Incarnation, DateTimeOffset Renewed)
{
    /// <summary>
    /// The one to keep: incarnations sort by time, and a late word of an earlier one must not displace its successor.
    /// </summary>
    public static GatewayAttachment Latest(GatewayAttachment? held, GatewayAttachment offered) =>
        held is not null && string.CompareOrdinal(offered.Incarnation, held.Incarnation) < 0 ? held : offered;

    /// <summary>Whether it renewed in time.</summary>
    public bool IsCurrent(DateTimeOffset now) => now - Renewed < GatewayObserver.SubscriptionLifetime;

    /// <summary>
    /// Whether the flow can still be there: a connection dies with its incarnation, a UDP flow does not.
    /// </summary>
    public bool Holds(FlowId flow, DateTimeOffset now) =>
        IsCurrent(now) && (flow.Connection == 0 || flow.Incarnation == Incarnation);
}
