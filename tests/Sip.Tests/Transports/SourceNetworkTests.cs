using System.Net;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transports;

public sealed class SourceNetworkTests
{
    /// <summary>RFC 4291 §2.5.1, §2.5.5.2</summary>
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("fe80::1%3", "fe80::")]
    [InlineData("::1", "::")]
    public void A_source_is_an_IPv4_address_or_the_network_of_an_IPv6_subscriber(string address, string source) =>
        Assert.Equal(IPAddress.Parse(source), SourceNetwork.Of(IPAddress.Parse(address)));
}
