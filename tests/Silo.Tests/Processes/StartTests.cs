using System.Net;
using System.Text.Json;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Silo.Tests.Processes;

/// <summary>The product as started by an operator.</summary>
public sealed class StartTests(HostFixture fixture)
{
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Options_may_be_environment_variables_and_two_instances_run_beside_each_other()
    {
        await using var host = await HostProcess.Start(fixture.Azurite, new HostOptions { ByEnvironment = true });

        foreach (var running in (HostProcess[])[host, fixture.Host])
        {
            Assert.Equal("live", (await Health(running, "live")).GetProperty("status").GetString());
            Assert.Equal("ready", (await Health(running, "ready")).GetProperty("status").GetString());
            await using var client = await SipClient.Connect("UDP", running.Ports.Sip);
            var answer = await SipRequestsTo(client);
            Assert.Equal(200, answer.Status);
        }

        await host.TekSip.Do("extensions", 13, new { Data = new { Username = "4711", Password = "only-here-4711" } });
        Assert.DoesNotContain("4711", (await fixture.Host.TekSip.Run("extensions", 15)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_with_the_same_node_and_data_is_refused_with_a_clear_message()
    {
        var options = new HostOptions();
        await using var first = await HostProcess.Start(fixture.Azurite, options);

        await using var second = HostProcess.Launch(fixture.Azurite, options with { DataFolder = first.DataFolder });
        var code = await second.WaitForExit(RefusalTime);

        Assert.Equal(1, code);
        Assert.Contains(second.Lines, line => line.Contains("Another live process is the node", StringComparison.Ordinal));
        Assert.Equal("ready", (await Health(first, "ready")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_wrong_option_is_refused_with_its_name()
    {
        var options = new HostOptions { Environment = new Dictionary<string, string?> { ["Silo__Role"] = "king" } };
        using var data = new TestFolder("wrong-option");

        await using var process = HostProcess.Launch(fixture.Azurite, options with { DataFolder = data.Path });
        var code = await process.WaitForExit(RefusalTime);

        Assert.NotEqual(0, code);
        Assert.Contains(process.Lines, line => line.Contains("The role is all, edge or core.", StringComparison.Ordinal));
    }

    private static Task<SipAnswer> SipRequestsTo(SipClient client) => client.Ask($"""
        OPTIONS sip:{HostProcess.Domain} SIP/2.0
        {client.Via()}
        Max-Forwards: 70
        From: <sip:a@{HostProcess.Domain}>;tag=1
        To: <sip:{HostProcess.Domain}>
        Call-ID: beside
        CSeq: 1 OPTIONS
        Content-Length: 0


        """);

    private static async Task<JsonElement> Health(HostProcess host, string what)
    {
        using var response = await host.Rest.Http.GetAsync($"/health/{what}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }
}
