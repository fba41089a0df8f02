using System.Net;
using System.Text.Json;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Faults;

/// <summary>A node is emptied of calls, by an operator or by SIGTERM, while two phones talk.</summary>
public sealed class DrainedHostTests(HostFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_drain_refuses_new_calls_ends_with_the_last_one_and_can_be_taken_back()
    {
        await using var host = await HostProcess.Start(fixture.Azurite);
        using var tenant = await TestTenant.Create(host, "drain");
        await using var call = await TalkingPhones.Start(host, tenant);
        await using var stranger = await SipClient.Connect("UDP", host.Ports.Sip);
        var drain = $"system/nodes/{(await Node(host)).GetProperty("name").GetString()}/drain";

        await host.Rest.Post(drain, new { withinSeconds = (int?)null });
        await AwaitPhase(host, "draining");

        Assert.Equal(503, (await stranger.Ask(Options(stranger))).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Rest.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        await call.GoesOn();
        await call.Caller.HangUp();
        await call.Callee.Await("CALL_CLOSED");
        await AwaitPhase(host, "drained");

        await host.Rest.Delete(drain);
        await AwaitPhase(host, "open");
        Assert.Equal(200, (await stranger.Ask(Options(stranger))).Status);
    }

    [Fact]
    public async Task A_stop_with_time_to_drain_waits_for_the_call_to_end_and_no_longer()
    {
        var options = new HostOptions { Environment = new Dictionary<string, string?> { ["Gateway__DrainDeadline"] = "00:05:00" } };
        await using var host = await HostProcess.Start(fixture.Azurite, options);
        using var tenant = await TestTenant.Create(host, "stop");
        await using var call = await TalkingPhones.Start(host, tenant);
        await using var stranger = await SipClient.Connect("UDP", host.Ports.Sip);

        var stopped = host.Stop(within: TimeSpan.FromMinutes(2));
        await Poll.Until(
            "OPTIONS is refused", async () => (await stranger.Ask(Options(stranger))).Status, status => status == 503, Soon);
        await call.GoesOn();
        Assert.False(stopped.IsCompleted);
        await call.Caller.HangUp();

        Assert.Equal(0, await stopped);
        await call.Callee.Await("CALL_CLOSED");
        await host.Restart();
        Assert.Equal("caller", Assert.Single(await tenant.AwaitHistory()).GetProperty("call").GetProperty("endedBy").GetString());
    }

    private static async Task<JsonElement> Node(HostProcess host) =>
        (await host.Rest.Get("system")).GetProperty("nodes").EnumerateArray().Single(n => n.GetProperty("isAlive").GetBoolean());

    private static Task<string?> AwaitPhase(HostProcess host, string phase) => Poll.Until(
        $"the node is {phase}", async () => (await Node(host)).GetProperty("gateway").GetProperty("phase").GetString(), found => found == phase, Soon);

    private static string Options(SipClient client) => $"""
        OPTIONS sip:{HostProcess.Domain} SIP/2.0
        {client.Via()}
        Max-Forwards: 70
        From: <sip:x@{HostProcess.Domain}>;tag=f
        To: <sip:{HostProcess.Domain}>
        Call-ID: {Guid.NewGuid():N}
        CSeq: 1 OPTIONS
        Content-Length: 0


        """;
}
