using System.Net;
using System.Net.Sockets;
using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>Which addresses a port may learn, from what signalling says.</summary>
public sealed class RemoteAddressPolicyTests
{
    private const string Source = "198.51.100.7";

    [Theory]
    // The phone is where it says: exactly there, or another port of the same public host.
    [InlineData("198.51.100.7:4000", Source, "198.51.100.7:4000", "198.51.100.7")]
    // Private on both: no NAT lies between, so exactly there.
    [InlineData("192.168.1.7:4000", "192.168.1.7", "192.168.1.7:4000", null)]
    // Media elsewhere, at a public address: exactly there.
    [InlineData("203.0.113.9:4000", Source, "203.0.113.9:4000", null)]
    // Behind NAT, or nonsense: the host that signals.
    [InlineData("192.168.1.7:4000", Source, null, Source)]
    [InlineData("10.0.0.1:4000", Source, null, Source)]
    [InlineData("172.31.0.1:4000", Source, null, Source)]
    [InlineData("100.64.0.1:4000", Source, null, Source)]
    [InlineData("169.254.169.254:80", Source, null, Source)]
    [InlineData("127.0.0.1:4000", Source, null, Source)]
    [InlineData("224.0.0.1:4000", Source, null, Source)]
    [InlineData("255.255.255.255:4000", Source, null, Source)]
    [InlineData("[::ffff:127.0.0.1]:4000", Source, null, Source)]
    [InlineData(null, Source, null, Source)]
    // The other family cannot be sent to from this port.
    [InlineData("[2001:db8::1]:4000", Source, null, Source)]
    public void On_ipv4(string? signalled, string source, string? exact, string? host) =>
        AssertPlan(signalled, source, AddressFamily.InterNetwork, (exact, host));

    [Theory]
    [InlineData("[2001:db8::7]:4000", "2001:db8::7", "[2001:db8::7]:4000", "2001:db8::7")]
    [InlineData("[2001:db8::9]:4000", "2001:db8::7", "[2001:db8::9]:4000", null)]
    [InlineData("[fd00::1]:4000", "2001:db8::7", null, "2001:db8::7")]
    [InlineData("[fe80::1]:4000", "2001:db8::7", null, "2001:db8::7")]
    [InlineData("[::1]:4000", "2001:db8::7", null, "2001:db8::7")]
    [InlineData("[ff02::1]:4000", "2001:db8::7", null, "2001:db8::7")]
    public void On_ipv6(string signalled, string source, string? exact, string? host) =>
        AssertPlan(signalled, source, AddressFamily.InterNetworkV6, (exact, host));

    [Fact]
    public void As_signalled_is_as_signalled()
    {
        var plan = RemoteAddressPolicy.Decide(
            IPEndPoint.Parse("10.0.0.2:4000"), IPAddress.Parse("10.0.0.1"), RemoteAddressRule.AsSignalled, AddressFamily.InterNetwork);

        Assert.Equal("10.0.0.2:4000", plan.Exact.ToEndPoint()?.ToString());
        Assert.False(plan.HasHost);
    }

    private static void AssertPlan(string? signalled, string source, AddressFamily family, (string? Exact, string? Host) expected)
    {
        var plan = RemoteAddressPolicy.Decide(
            signalled is null ? null : IPEndPoint.Parse(signalled), IPAddress.Parse(source), RemoteAddressRule.Verified, family);

        Assert.Equal(expected, (plan.Exact.ToEndPoint()?.ToString(), plan.Host.ToEndPoint()?.Address.ToString()));
    }
}
