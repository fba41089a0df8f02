using TekSipCloud.Contracts.DialPlan;

namespace TekSipCloud.Api.DialPlan;

/// <summary>What to do with packets from a network; filters are tried in order.</summary>
/// <param name="Address">An address, or a network as <c>a.b.c.d/n</c> or its IPv6 form.</param>
/// <param name="Action">What to do.</param>
/// <param name="Order">Its place, from 0.</param>
internal sealed record IpFilterDto(string Address, IpFilterAction Action, int Order = 0)
{
    public static IpFilterDto From(IpFilter filter) => new(filter.Address, filter.Action, filter.Order);

    public IpFilter ToFilter() => new(Address, Action, Order);
}
