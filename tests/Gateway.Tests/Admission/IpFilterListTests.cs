using System.Net;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Gateway.Admission;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>The manual, Settings / IP Filters: rules are processed from the top down.</summary>
public sealed class IpFilterListTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.128/25", "192.0.2.127", false)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::1", "2001:db8::1", true)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "192.0.2.7", false)]
    // RFC 4291 §2.5.5.2: a socket for both families shows IPv4 so.
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.7", true)]
    [InlineData("::/0", "::ffff:192.0.2.7", false)]
    public void A_network_covers_its_addresses_and_no_others(string network, string source, bool isCovered)
    {
        var filters = IpFilterList.Of([new(network, IpFilterAction.Drop, 0)])!;

        Assert.Equal(isCovered, filters.Drops(IPAddress.Parse(source)));
    }

    [Fact]
    public void The_first_filter_that_covers_a_source_decides()
    {
        var filters = IpFilterList.Of(
            [new("192.0.2.7", IpFilterAction.Allow, 0), new("192.0.2.0/24", IpFilterAction.Drop, 1), new("192.0.2.8", IpFilterAction.Bypass, 2)])!;

        Assert.Equal(IpFilterAction.Allow, filters.Find(IPAddress.Parse("192.0.2.7"))?.Action);
        Assert.Equal(IpFilterAction.Drop, filters.Find(IPAddress.Parse("192.0.2.8"))?.Action);
        Assert.Null(filters.Find(IPAddress.Parse("198.51.100.1")));
    }

    [Theory]
    [InlineData("0.0.0.0/0", false)]
    [InlineData("128.0.0.0/1", false)]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("::/0", false)]
    [InlineData("::ffff:0.0.0.0/96", false)]
    [InlineData("2001:db8::/32", true)]
    public void Nobody_can_vouch_for_half_of_the_Internet(string network, bool isWaived)
    {
        var source = IPNetwork.Parse(network).BaseAddress;
        foreach (var action in new[] { IpFilterAction.Bypass, IpFilterAction.Trust })
        {
            var rule = IpFilterList.Of([new(network, action, 0)])!.Find(source)!;

            Assert.Equal(isWaived, rule.Waiver is not null);
            Assert.Equal(isWaived ? action : IpFilterAction.Allow, rule.Action);
        }
    }

    [Fact]
    public void Looking_a_source_up_allocates_nothing()
    {
        var filters = IpFilterList.Of([new("10.0.0.0/8", IpFilterAction.Allow, 0), new("192.0.2.0/24", IpFilterAction.Drop, 1)])!;
        var source = IPAddress.Parse("192.0.2.7");
        filters.Drops(source);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
            filters.Drops(source);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
