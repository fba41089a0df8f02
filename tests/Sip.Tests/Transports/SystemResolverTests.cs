using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transports;

public sealed class SystemResolverTests
{
    private readonly SystemResolver _resolver = new();

    [Theory]
    [InlineData("192.0.2.1", 0, SipTransportProtocol.Udp, "192.0.2.1:5060")]
    [InlineData("192.0.2.1", 5080, SipTransportProtocol.Tcp, "192.0.2.1:5080")]
    [InlineData("192.0.2.1", 0, SipTransportProtocol.Tls, "192.0.2.1:5061")]
    [InlineData("[2001:db8::1]", 0, SipTransportProtocol.Udp, "[2001:db8::1]:5060")]
    [InlineData("2001:db8::1", 5070, SipTransportProtocol.Udp, "[2001:db8::1]:5070")]
    public async Task A_literal_is_its_own_address_with_the_protocols_port(string host, int port, SipTransportProtocol protocol, string expected)
    {
        var found = await _resolver.Resolve(host, port, protocol, CancellationToken.None);

        Assert.Equal(expected, Assert.Single(found).ToString());
    }

    [Fact]
    public async Task A_name_is_looked_up()
    {
        var found = await _resolver.Resolve("localhost", 5060, SipTransportProtocol.Udp, CancellationToken.None);

        Assert.NotEmpty(found);
        Assert.All(found, endpoint => Assert.True(System.Net.IPAddress.IsLoopback(endpoint.Address)));
    }

    [Fact]
    public async Task A_name_that_cannot_be_one_has_no_address() =>
        Assert.Empty(await _resolver.Resolve(new string('a', 300), 0, SipTransportProtocol.Udp, CancellationToken.None));
}
