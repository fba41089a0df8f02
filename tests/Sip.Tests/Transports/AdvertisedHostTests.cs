using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>What Via and Contact say behind a NAT, per address family.</summary>
public sealed class AdvertisedHostTests
{
    [Fact]
    public async Task Each_family_is_told_its_own_host()
    {
        Assert.True(Ipv6Loopback.IsThere, "This machine has no IPv6.");
        await using var layer = Layer(new SipTransportOptions { AdvertisedHost = "203.0.113.5", AdvertisedHostV6 = "2001:db8::5" });

        Assert.Equal($"203.0.113.5:{Bind(layer, "127.0.0.1")}", SentBy(layer, "127.0.0.1"));
        Assert.Equal($"[2001:db8::5]:{Bind(layer, "::1")}", SentBy(layer, "::1"));
    }

    [Fact]
    public async Task An_IPv4_address_is_not_told_to_IPv6_peers()
    {
        Assert.True(Ipv6Loopback.IsThere, "This machine has no IPv6.");
        await using var layer = Layer(new SipTransportOptions { AdvertisedHost = "203.0.113.5" });

        Assert.Equal($"[::1]:{Bind(layer, "::1")}", SentBy(layer, "::1"));
    }

    private static SipTransportLayer Layer(SipTransportOptions options) =>
        new(options, SipLimits.Default, new RecordingReceiver(), TimeProvider.System, NullLoggerFactory.Instance);

    private static int Bind(SipTransportLayer layer, string address) => layer.BindUdp(new IPEndPoint(IPAddress.Parse(address), 0)).Bound.Port;

    private static string SentBy(SipTransportLayer layer, string peer)
    {
        Assert.True(layer.TryFindFlow(SipTransportProtocol.Udp, new IPEndPoint(IPAddress.Parse(peer), 9), out var flow));
        return Encoding.ASCII.GetString(flow.SentBy);
    }
}
