namespace TekSipCloud.Contracts.DialPlan;

/// <summary>What to do with packets from a network. Filters are tried in order.</summary>
/// <param name="Address">An address, or a network as <c>a.b.c.d/n</c> or its IPv6 form.</param>
/// <param name="Action">What to do.</param>
/// <param name="Order">Its place, from 0.</param>
[GenerateSerializer, Alias("ip-filter")]
public sealed record IpFilter(
    [property: Id(0)] string Address,
    [property: Id(1)] IpFilterAction Action,
    [property: Id(2)] int Order);
