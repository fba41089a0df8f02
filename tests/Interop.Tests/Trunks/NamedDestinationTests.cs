using System.Text.Json;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Names;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Trunks;

/// <summary>A carrier found by DNS (RFC 3263), and this server known by a name, with a real name server.</summary>
public sealed class NamedDestinationTests(HostFixture fixture)
{
    private const string First = "127.0.0.21";
    private const string Second = "127.0.0.22";
    private const string External = "127.0.0.77";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task When_the_first_server_dies_calls_go_to_the_second()
    {
        await using var first = await Sipp.Start(Answering(First, calls: 1));
        await using var second = await Sipp.Start(Answering(Second, calls: 2));
        await using var names = await NameServer.Start(
            """@ NAPTR 10 10 "s" "SIP+D2U" "" _sip._udp""",
            $"_sip._udp SRV 10 0 {first.Port} first", $"_sip._udp SRV 20 0 {second.Port} second",
            $"first A {First}", $"second A {Second}", $"gateway A {External}");
        await using var host = await HostProcess.Start(fixture.Azurite, new HostOptions
        {
            Environment = new Dictionary<string, string?>
            {
                ["Dns__Servers"] = names.Address,
                ["Gateway__External"] = $"gateway.{NameServer.Zone}",
            },
        });
        using var tenant = await TestTenant.Create(host, "srv");
        await tenant.AddExtension("1001", allowExternalCalls: true);
        await AddCarrier(host, tenant);

        await Call(host, tenant);
        await first.Finish(Deadline);
        await Call(host, tenant);
        await Call(host, tenant);
        await second.Finish(Deadline);

        var history = await tenant.AwaitHistory(3);
        string[] TargetsOf(int call) => [.. history[call].GetProperty("decisions").EnumerateArray().Where(IsTarget).Select(Text)];
        string[] atFirst = [$"UDP {First}:{first.Port} of {NameServer.Zone} is asked."];
        Assert.Equal(atFirst, TargetsOf(2));
        Assert.Equal(
            [
                .. atFirst, $"UDP {First}:{first.Port} of {NameServer.Zone} cannot be reached; it is passed over for 30 s.",
                $"UDP {Second}:{second.Port} of {NameServer.Zone} is asked.",
            ],
            TargetsOf(1));
        Assert.Equal(
            [
                $"UDP {First}:{first.Port} of {NameServer.Zone} is passed over: it failed lately.",
                $"UDP {Second}:{second.Port} of {NameServer.Zone} is asked.",
            ],
            TargetsOf(0));
        AssertNamed(second.ReadMessages(), host);
    }

    /// <summary>Via and Contact bear the name, SDP its address.</summary>
    private static void AssertNamed(string messages, HostProcess host)
    {
        Assert.Contains($"Via: SIP/2.0/UDP gateway.{NameServer.Zone}:{host.Ports.Sip};", messages, StringComparison.Ordinal);
        Assert.Contains($"@gateway.{NameServer.Zone}:{host.Ports.Sip}>", messages, StringComparison.Ordinal);
        Assert.Contains($"c=IN IP4 {External}", messages, StringComparison.Ordinal);
    }

    private static bool IsTarget(JsonElement decision) => decision.GetProperty("step").GetString() == "target";

    private static string Text(JsonElement decision) => decision.GetProperty("text").GetString()!;

    private static SippOptions Answering(string address, int calls) =>
        new(Testing.RepositoryRoot.Combine("tests", "Interop.Tests", "scenarios", "answer.xml"), ServerPort: 5060)
        {
            Address = address,
            Calls = calls,
        };

    private static async Task Call(HostProcess host, TestTenant tenant)
    {
        var call = Scenarios.Of("call", host, tenant, "95551234") with { Lines = [Scenarios.Line("1001")] };
        Assert.Equal(1, (await Sipp.Run(call, Deadline)).Successful);
    }

    /// <summary>Neither port nor transport is said: DNS has both.</summary>
    private static async Task AddCarrier(HostProcess host, TestTenant tenant)
    {
        await host.Rest.Post(tenant.Path("destinations"), new { name = "Carrier", gateway = NameServer.Zone, port = 0, transport = "none" });
        await host.Rest.Post(tenant.Path("routes"), new { prefix = "9", destination = "Carrier" });
    }
}
