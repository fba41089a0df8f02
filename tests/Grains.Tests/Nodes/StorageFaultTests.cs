using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Grains.Calls;
using TekSipCloud.Grains.Nodes;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Storage.Tenants;
using TekSipCloud.Testing;

namespace TekSipCloud.Grains.Tests.Nodes;

/// <summary>What a node does each while and at its stop, while storage fails: it goes on, and it stops in order.</summary>
public sealed class StorageFaultTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly FakeClock _clock = new();
    private readonly FailingLeases _leases = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_time_out_of_the_storage_client_is_no_end_of_renewing_the_lease()
    {
        using var service = Lease();
        await service.StartingAsync(Cancel).Soon();
        _leases.Befalls = TimesOut;

        await Passes(TimeSpan.FromSeconds(5), () => _leases.Renewals);
        await Passes(TimeSpan.FromSeconds(5), () => _leases.Renewals);

        _leases.Befalls = null;
        await service.StoppedAsync(Cancel).Soon();
    }

    [Fact]
    public async Task A_lease_that_cannot_be_given_up_stops_no_stop()
    {
        using var service = Lease();
        await service.StartingAsync(Cancel).Soon();
        _leases.Befalls = _ => throw new IOException("Storage is away.");

        await service.StoppedAsync(Cancel).Soon();
    }

    [Fact]
    public async Task A_time_out_of_the_storage_client_is_no_end_of_closing_dead_nodes_calls()
    {
        await using var hosts = new SiloHosts(azurite);
        using var service = await Interrupted(hosts);
        _leases.Befalls = TimesOut;

        await Passes(TimeSpan.FromMinutes(1), () => _leases.Lists);
        await Passes(TimeSpan.FromMinutes(1), () => _leases.Lists);

        Assert.False(service.ExecuteTask!.IsCompleted);
        await service.StopAsync(Cancel).Soon();
        Assert.Contains(hosts.Errors.Lines, line => line.Contains("tried again in a minute", StringComparison.Ordinal));
        hosts.Errors.Clear();
    }

    [Fact]
    public async Task A_stop_while_storage_fails_is_a_clean_end_and_no_error()
    {
        await using var hosts = new SiloHosts(azurite);
        using var service = await Interrupted(hosts);
        _leases.Befalls = async stop =>
        {
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = stop.Register(stopped.SetResult);
            await stopped.Task;
            throw new IOException("Storage is away.");
        };
        await Passes(TimeSpan.FromMinutes(1), () => _leases.Lists);

        await service.StopAsync(Cancel).Soon();

        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
        hosts.Errors.AssertNone();
    }

    private static Task TimesOut(CancellationToken cancel) => throw new TaskCanceledException("The operation exceeded its time.");

    /// <summary>A round more, once whoever waits for the clock does so again.</summary>
    private async Task Passes(TimeSpan period, Func<int> count)
    {
        var before = count();
        await Poll.UntilSeen("another round", () => Step(period, count), now => now > before, Soon);
    }

    private int Step(TimeSpan period, Func<int> count)
    {
        _clock.Advance(period);
        return count();
    }

    private NodeLeaseService Lease() => new(
        _leases, new("a", "01"), Options.Create(new NodeOptions()), new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), _clock,
        NullLogger<NodeLeaseService>.Instance);

    private async Task<InterruptedCalls> Interrupted(SiloHosts hosts)
    {
        await hosts.Start("a");
        var service = new InterruptedCalls(
            hosts.Get<OpenCalls>("a"), hosts.Get<CallHistory>("a"), hosts.Get<CallJournal>("a"), hosts.Get<TenantDirectory>("a"), _leases,
            hosts.Get<NodeLeaseService>("a"), hosts.Get<NodeIdentity>("a"), _clock, hosts.Get<ILogger<InterruptedCalls>>("a"));
        await service.StartAsync(Cancel).Soon();
        await Poll.UntilSeen("the first round", () => _leases.Lists, lists => lists > 0, Soon);
        return service;
    }
}
