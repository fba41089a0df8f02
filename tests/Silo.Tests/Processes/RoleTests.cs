using System.Net;
using System.Net.Sockets;
using TekSipCloud.Silo.Tests.Refusals;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Silo.Tests.Processes;

/// <summary>A process that does a part of the work: the gateways and their media, or what is behind them.</summary>
public sealed class RoleTests(HostFixture fixture)
{
    [Fact]
    public async Task A_core_has_the_APIs_and_no_SIP_and_an_edge_on_the_same_data_has_SIP_and_no_API()
    {
        using var data = new TestFolder("roles");
        var options = new HostOptions { DataFolder = data.Path };

        await using (var core = await HostProcess.Start(fixture.Azurite, As(options, "core")))
        {
            await core.TekSip.Do("extensions", 13, new { Data = new { Username = "4711", Password = "only-here-4711" } });
            await AssertServes(core, "/health/ready", "/api/v1/tenants");
            await AssertDoesNotListen(core.Ports.Sip);
            await AssertDoesNotListen(core.Ports.Sips);
            Assert.Equal(0, await core.Stop());
        }

        await using var edge = await HostProcess.Start(fixture.Azurite, As(options, "edge") with { HasPasswords = false });
        await AssertServes(edge, "/health/ready", "/metrics");
        Assert.Equal(HttpStatusCode.NotFound, await Get(edge, "/api/v1/tenants"));
        Assert.Equal(HttpStatusCode.NotFound, await Get(edge, "/"));
        foreach (var transport in (string[])["UDP", "TCP"])
        {
            await using var phone = await SipClient.Connect(transport, edge.Ports.Sip);
            Assert.Equal(200, (await SipRequests.RegisterWith(phone, "4711", HostProcess.Domain, "only-here-4711", $"at-the-edge-{transport}")).Status);
        }

        Assert.Equal(0, await edge.Stop());
    }

    private static HostOptions As(HostOptions options, string role) =>
        options with { Environment = new Dictionary<string, string?> { ["Silo__Role"] = role } };

    private static async Task AssertServes(HostProcess host, params string[] paths)
    {
        foreach (var path in paths)
            Assert.Equal(HttpStatusCode.OK, await Get(host, path));
    }

    private static async Task<HttpStatusCode> Get(HostProcess host, string path)
    {
        using var response = await host.Rest.Http.GetAsync(path, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task AssertDoesNotListen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var refused = await Assert.ThrowsAsync<SocketException>(async () =>
            await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }
}
