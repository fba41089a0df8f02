using System.Globalization;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Faults;

/// <summary>Storage does not answer while calls end, and then the host is killed.</summary>
public sealed class LostStorageTests
{
    private const int Calls = 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_kill_while_storage_is_away_loses_no_call_that_ended()
    {
        // Its own: the others' hosts need theirs to answer.
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        await using var host = await HostProcess.Start(azurite);
        using var tenant = await TestTenant.Create(host, "lost");
        await tenant.AddExtension("2001");
        await tenant.AddExtension("2002");
        await using var callee = await Sipp.Start(Scenarios.Of("answer", host, tenant) with { Calls = Calls + 1 });
        await Scenarios.Register(host, tenant, "2002", callee.Port);
        await Call(host, tenant, 1);
        await tenant.AwaitHistory();

        azurite.Pause();
        await Call(host, tenant, Calls);
        // They are there within a second; how long that is here, the machine decides.
        await Poll.Until("the calls are in the journal", () => ReadMetric(host, "teksip_calls_journaled"), calls => calls == Calls, Deadline);
        Assert.Equal(Calls, await ReadMetric(host, "teksip_calls_unwritten"));
        await host.Kill();
        azurite.Resume();
        await host.Restart();

        var history = await tenant.AwaitHistory(Calls + 1);
        Assert.All(history, call => Assert.Equal("caller", call.GetProperty("call").GetProperty("endedBy").GetString()));
        Assert.Empty(Directory.GetFiles(Path.Combine(host.DataFolder, "journal")));
        Assert.Equal(0, await ReadMetric(host, "teksip_calls_unwritten"));
    }

    private static async Task Call(HostProcess host, TestTenant tenant, int calls)
    {
        var options = Scenarios.Of("call", host, tenant, "2002") with { Calls = calls, Rate = 20, AtATime = 10, Lines = [Scenarios.Line("2001")] };
        var called = await Sipp.Run(options, Deadline);
        Assert.Equal((calls, 0), (called.Successful, called.Failed));
    }

    /// <summary>Of the page of metrics, which needs no storage.</summary>
    private static async Task<double> ReadMetric(HostProcess host, string name)
    {
        var page = await host.Rest.Http.GetStringAsync(new Uri(host.Rest.Address, "/metrics"));
        var line = page.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(name.Length), NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
