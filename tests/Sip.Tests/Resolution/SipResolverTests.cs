using System.Net;
using System.Net.Sockets;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>RFC 3263 §4, over name servers of the test's making.</summary>
public sealed class SipResolverTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly FakeNames _names = new();
    private AddressFamily[] _families = [AddressFamily.InterNetwork];
    private Func<IPAddress, bool> _hasRoute = _ => true;

    [Theory]
    [InlineData("192.0.2.1", 0, null, "Udp 192.0.2.1:5060")]
    [InlineData("192.0.2.1", 5070, null, "Udp 192.0.2.1:5070")]
    [InlineData("192.0.2.1", 0, SipTransportProtocol.Tls, "Tls 192.0.2.1:5061")]
    [InlineData("[2001:db8::1]", 0, SipTransportProtocol.Tcp, "Tcp [2001:db8::1]:5060")]
    public async Task A_numeric_host_asks_nobody(string host, int port, SipTransportProtocol? protocol, string expected)
    {
        Assert.Equal([expected], await Find(new SipHop(host, port, protocol)));
        Assert.Empty(_names.Asked);
    }

    [Fact]
    public async Task A_port_means_a_host_so_that_addresses_alone_are_asked_for()
    {
        // RFC 3263 §4.2
        _names.AddAddress("example.test", "192.0.2.1", "192.0.2.2");
        _names.AddService("_sip._udp.example.test", (0, 0, 5099, "other.test"));

        Assert.Equal(["Udp 192.0.2.1:5070", "Udp 192.0.2.2:5070"], await Find(new SipHop("Example.Test", 5070)));
        Assert.Equal([new DnsQuestion("example.test", DnsRecordType.A)], _names.Asked);
    }

    [Fact]
    public async Task A_transport_alone_asks_for_its_SRV()
    {
        _names.AddService("_sip._tcp.example.test", (2, 0, 5062, "b.test"), (1, 0, 5061, "a.test"));
        _names.AddAddress("a.test", "192.0.2.1");
        _names.AddAddress("b.test", "192.0.2.2");

        Assert.Equal(
            ["Tcp 192.0.2.1:5061", "Tcp 192.0.2.2:5062"], await Find(new SipHop("example.test", Protocol: SipTransportProtocol.Tcp)));
        Assert.DoesNotContain(_names.Asked, q => q.Type == DnsRecordType.Naptr);
    }

    [Fact]
    public async Task A_bare_name_asks_for_NAPTR_and_takes_the_lowest_order_that_can_be_used()
    {
        // RFC 3263 §4.1
        _names.AddTransports(
            "example.test",
            (10, 1, "s", "SIP+D2W", "_sip._ws.example.test"),
            (20, 2, "S", "sip+d2t", "tcp.example.test"),
            (20, 1, "s", "SIPS+D2T", "tls.example.test"),
            (30, 1, "s", "SIP+D2U", "udp.example.test"));
        _names.AddService("tcp.example.test", (0, 0, 5060, "a.test"));
        _names.AddService("tls.example.test", (0, 0, 5061, "a.test"));
        _names.AddAddress("a.test", "192.0.2.1");

        Assert.Equal(["Tls 192.0.2.1:5061 example.test", "Tcp 192.0.2.1:5060"], await Find(new SipHop("example.test")));
    }

    [Fact]
    public async Task Without_NAPTR_the_first_transport_with_SRV_is_taken()
    {
        _names.AddService("_sip._tcp.example.test", (0, 0, 5065, "a.test"));
        _names.AddService("_sips._tcp.example.test", (0, 0, 5061, "a.test"));
        _names.AddAddress("a.test", "192.0.2.1");

        Assert.Equal(["Tcp 192.0.2.1:5065"], await Find(new SipHop("example.test")));
    }

    [Fact]
    public async Task Without_NAPTR_and_SRV_the_name_is_the_host_by_UDP()
    {
        _names.AddAddress("example.test", "192.0.2.1");
        Assert.Equal(["Udp 192.0.2.1:5060"], await Find(new SipHop("example.test")));
    }

    [Fact]
    public async Task A_sips_name_is_reached_by_TLS_alone()
    {
        _names.AddTransports(
            "example.test", (1, 1, "s", "SIP+D2U", "_sip._udp.example.test"), (2, 1, "s", "SIPS+D2T", "_sips._tcp.example.test"));
        _names.AddService("_sip._udp.example.test", (0, 0, 5060, "a.test"));
        _names.AddService("_sips._tcp.example.test", (0, 0, 5099, "a.test"));
        _names.AddAddress("a.test", "192.0.2.1");

        // RFC 5922 §4: the certificate bears the domain, not the name that SRV led to.
        Assert.Equal(["Tls 192.0.2.1:5099 example.test"], await Find(new SipHop("example.test", IsSecure: true)));
        Assert.Equal(["Tls 192.0.2.1:5061"], await Find(new SipHop("192.0.2.1", Protocol: SipTransportProtocol.Tcp, IsSecure: true)));
        Assert.Empty(await Find(new SipHop("192.0.2.1", Protocol: SipTransportProtocol.Udp, IsSecure: true)));
    }

    [Fact]
    public async Task A_service_that_is_decidedly_not_there_has_no_servers()
    {
        // RFC 2782: a target of "."
        _names.AddService("_sip._udp.example.test", (0, 0, 0, ""));
        _names.AddAddress("example.test", "192.0.2.1");

        var found = await Resolve(new SipHop("example.test", Protocol: SipTransportProtocol.Udp));

        Assert.Empty(found.Targets);
        Assert.Equal("DNS says that example.test has no SIP service.", found.Obstacle);
    }

    [Fact]
    public async Task A_server_without_an_address_is_left_out()
    {
        _names.AddService("_sip._udp.example.test", (0, 0, 5060, "gone.test"), (1, 0, 5060, "a.test"));
        _names.AddAddress("a.test", "192.0.2.1");

        Assert.Equal(["Udp 192.0.2.1:5060"], await Find(new SipHop("example.test", Protocol: SipTransportProtocol.Udp)));
    }

    [Fact]
    public async Task Both_families_are_used_and_what_has_no_route_comes_last()
    {
        // RFC 7984 §4, RFC 6724 §6
        _families = [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];
        _names.AddAddress("a.test", "192.0.2.1", "2001:db8::1");

        Assert.Equal(["Udp [2001:db8::1]:5060", "Udp 192.0.2.1:5060"], await Find(new SipHop("a.test", 5060)));
        _hasRoute = address => address.AddressFamily == AddressFamily.InterNetwork;
        Assert.Equal(["Udp 192.0.2.1:5060", "Udp [2001:db8::1]:5060"], await Find(new SipHop("a.test", 5060)));
    }

    [Fact]
    public async Task The_systems_own_names_are_not_asked_for()
    {
        Assert.Equal(["Tcp 192.0.2.77:5060"], await Find(new SipHop("pbx", Protocol: SipTransportProtocol.Tcp)));
        Assert.Empty(_names.Asked);
    }

    [Fact]
    public async Task A_name_without_a_dot_is_looked_for_in_the_search_domains()
    {
        _names.AddAddress("carrier.corp.test", "192.0.2.1");
        Assert.Equal(["Udp 192.0.2.1:5060"], await Find(new SipHop("carrier", 5060)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("-\\.test")]
    public async Task What_is_no_name_is_not_asked_for(string host)
    {
        Assert.Empty(await Find(new SipHop(host)));
        Assert.Empty(_names.Asked);
    }

    [Fact]
    public async Task Servers_that_are_away_are_told_apart_from_names_that_do_not_exist()
    {
        Assert.Equal("DNS does not know gone.test.", (await Resolve(new SipHop("gone.test"))).Obstacle);
        _names.IsAway = true;
        Assert.Equal("No name server answers for gone.test.", (await Resolve(new SipHop("gone.test"))).Obstacle);
    }

    [Fact]
    public async Task No_zone_makes_us_try_for_ever()
    {
        _names.AddAddress("a.test", [.. Enumerable.Range(0, 200).Select(i => $"192.0.2.{i}")]);
        Assert.Equal(SipResolution.MaxTargets, (await Find(new SipHop("a.test", 5060))).Length);
    }

    private async Task<string[]> Find(SipHop hop) =>
        [.. (await Resolve(hop)).Targets.Select(t => $"{t.Protocol} {t.Remote} {t.ServerName}".TrimEnd())];

    private async Task<SipResolution> Resolve(SipHop hop)
    {
        var clock = new FakeClock();
        using var folder = new TestFolder("names");
        File.WriteAllText(folder.Combine("hosts"), "192.0.2.77 pbx");
        File.WriteAllText(folder.Combine("resolv.conf"), "search corp.test");
        var hosts = new WatchedFile<HostsFile>(folder.Combine("hosts"), HostsFile.Parse, clock);
        var system = new WatchedFile<ResolvConf>(folder.Combine("resolv.conf"), ResolvConf.Parse, clock);
        _ = (hosts.Value, system.Value);
        var resolver = new SipResolver(
            new ServiceLookup(_names, _ => 0), new AddressLookup(_names, hosts, system, _families, _hasRoute));
        return await resolver.Resolve(hop, CancellationToken.None).AsTask().WaitAsync(Soon);
    }
}
