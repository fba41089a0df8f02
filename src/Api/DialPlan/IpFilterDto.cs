using TekSipCloud.Contracts.DialPlan;

namespace TekSipCloud.Api.DialPlan;

/// <summary>What to do with requests from a network: the first filter that covers their source decides.</summary>
/// <param name="Address">An address, or a network as <c>a.b.c.d/n</c> or its IPv6 form.</param>
/// <param name="Action">Allow, which authenticates as always; bypass or trust, which asks for no credentials; or drop, which answers nothing. Bypass and trust take
/// networks of at least 8 bits, of IPv6 32.</param>
/// <param name="Order">Its place, from 0.</param>
internal sealed record IpFilterDto(string Address, IpFilterAction Action, int Order = 0)
{
    public static IpFilterDto From(IpFilter filter) => new(filter.Address, filter.Action, filter.Order);

    public IpFilter ToFilter() => new(Address, Action, Order);
}
