using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing.Names;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>The whole resolver against a real name server.</summary>
public sealed class NameServerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_domain_is_found_by_NAPTR_SRV_A_and_AAAA()
    {
        await using var server = await NameServer.Start(
            """@ NAPTR 20 10 "s" "SIP+D2U" "" _sip._udp""",
            """@ NAPTR 10 10 "s" "SIP+D2T" "" _sip._tcp""",
            "_sip._tcp SRV 10 0 5070 first",
            "_sip._tcp SRV 20 0 5080 second",
            "_sip._udp SRV 10 0 5060 first",
            "first A 127.0.0.11",
            "first AAAA ::1",
            "second CNAME real",
            "real A 127.0.0.12");

        var found = await Resolve(server, new SipHop(NameServer.Zone));

        var targets = found.Targets.Select(t => $"{t.Protocol} {t.Remote}").ToArray();
        // Which family comes first depends on this machine's routes.
        Assert.Equal(["Tcp 127.0.0.11:5070", "Tcp [::1]:5070"], targets[..2].Order(StringComparer.Ordinal));
        Assert.Equal(["Tcp 127.0.0.12:5080"], targets[2..]);
    }

    [Fact]
    public async Task An_answer_too_long_for_a_datagram_comes_by_TCP()
    {
        string[] servers = [.. Enumerable.Range(0, 60).Select(i => $"_sip._udp SRV {i} 0 5060 a-server-with-a-rather-long-name-{i}")];
        await using var server = await NameServer.Start(
            [.. servers, "a-server-with-a-rather-long-name-0 A 127.0.0.11", "a-server-with-a-rather-long-name-1 A 127.0.0.12"]);

        var found = await Resolve(server, new SipHop(NameServer.Zone, Protocol: SipTransportProtocol.Udp));

        Assert.Contains("127.0.0.11:5060", found.Targets.Select(t => t.Remote.ToString()));
    }

    [Fact]
    public async Task What_is_not_there_is_said_so()
    {
        await using var server = await NameServer.Start("txt TXT nothing");

        Assert.Equal($"DNS does not know gone.{NameServer.Zone}.", (await Resolve(server, new SipHop($"gone.{NameServer.Zone}"))).Obstacle);
        Assert.Equal($"DNS has no address for txt.{NameServer.Zone}.", (await Resolve(server, new SipHop($"txt.{NameServer.Zone}", 5060))).Obstacle);
        // It is not a resolver: what is not its zone it refuses.
        Assert.Equal("No name server answers for www.example.org.", (await Resolve(server, new SipHop("www.example.org", 5060))).Obstacle);
    }

    [Fact]
    public async Task A_name_server_that_dies_leaves_what_was_known()
    {
        await using var server = await NameServer.Start("_sip._udp 1 SRV 0 0 5060 a", "a 1 A 127.0.0.11");
        var resolver = Resolver(server);
        var hop = new SipHop(NameServer.Zone, Protocol: SipTransportProtocol.Udp);
        Assert.Single((await resolver.Resolve(hop, CancellationToken.None).AsTask().WaitAsync(Soon)).Targets);

        await server.Stop();

        Assert.Single((await resolver.Resolve(hop, CancellationToken.None).AsTask().WaitAsync(Soon)).Targets);
        Assert.NotEmpty((await resolver.Resolve(new SipHop("new.test", 5060), CancellationToken.None).AsTask().WaitAsync(Soon)).Obstacle);
    }

    private static Task<SipResolution> Resolve(NameServer server, SipHop hop) =>
        Resolver(server).Resolve(hop, CancellationToken.None).AsTask().WaitAsync(Soon);

    private static SipResolver Resolver(NameServer server) => new(
        new DnsOptions { Servers = server.Address, Timeout = TimeSpan.FromSeconds(5), MinTtl = TimeSpan.Zero },
        [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6], TimeProvider.System, NullLoggerFactory.Instance);
}
