using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tests;

/// <summary>A node's figures, as they are told to the tenants' grains each second.</summary>
public sealed class GatewayCountersTests
{
    private static readonly TenantId Tenant = new("t");
    private readonly GatewayCounters _counters = new();

    [Fact]
    public void What_changed_is_told_once()
    {
        _counters.Add(Tenant, Counter.FailedCalls);

        Assert.Equal(1, Assert.Single(_counters.TakeChanged()).Values[(int)Counter.FailedCalls]);
        Assert.Empty(_counters.TakeChanged());
    }

    [Fact]
    public void A_level_is_told_each_second_so_that_it_does_not_lapse()
    {
        _counters.Add(Tenant, Counter.ActiveSessions);
        _counters.TakeChanged();

        Assert.Single(_counters.TakeChanged());
    }

    [Fact]
    public void The_rate_is_what_was_received_since_the_last_time()
    {
        _counters.Add(Tenant, Counter.RequestsReceived, 5);
        Assert.Equal(5, _counters.TakeChanged()[0].Values[(int)Counter.RequestRate]);
        _counters.Add(Tenant, Counter.RequestsReceived, 2);

        Assert.Equal(2, _counters.TakeChanged()[0].Values[(int)Counter.RequestRate]);
        Assert.Equal(0, _counters.TakeChanged()[0].Values[(int)Counter.RequestRate]);
        Assert.Empty(_counters.TakeChanged());
    }

    [Fact]
    public async Task Many_threads_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
                _counters.Add(Tenant, Counter.RequestsForwarded);
        }))).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(40_000, _counters.Read(Tenant, Counter.RequestsForwarded));
    }
}
