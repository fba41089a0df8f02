using System.Net;
using TekSipCloud.Api.Security;

namespace TekSipCloud.Api.Tests.Security;

/// <summary>Whom a failed attempt is held against.</summary>
public sealed class AttemptSourceTests
{
    [Fact]
    public void An_ipv4_address_is_the_same_however_it_is_written() =>
        Assert.Equal(Of("192.0.2.7"), Of("::ffff:192.0.2.7"));

    [Fact]
    public void The_addresses_of_one_ipv6_subnet_are_one_source()
    {
        Assert.Equal(Of("2001:db8:1:2::1"), Of("2001:db8:1:2:ffff::9"));
        Assert.NotEqual(Of("2001:db8:1:2::1"), Of("2001:db8:1:3::1"));
    }

    private static string Of(string address) => AttemptSource.Of(IPAddress.Parse(address));
}
