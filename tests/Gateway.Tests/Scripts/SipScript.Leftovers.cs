using System.Net.Sockets;
using TekSipCloud.Contracts.Counters;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <content>What must hold after every script.</content>
internal sealed partial class SipScript
{
    /// <summary>64*T1 for the longest transaction, twice: an answer that is not acknowledged, then the BYE that is not answered.</summary>
    private const double LongestLifeSeconds = 70;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private string? _expected;

    /// <summary>Says that an error with these words may be logged.</summary>
    public void ExpectsError(string words) => _expected = words;

    /// <summary>Every call is over: nothing is held, and the books agree with the counters.</summary>
    public async Task LeavesNothing()
    {
        Grains.Weather.IsDown = false;
        ClusterGoesOn();
        Passes(LongestLifeSeconds);
        var unexpected = _log.Errors.FirstOrDefault(e => _expected is null || !e.Contains(_expected, StringComparison.Ordinal));
        Assert.True(unexpected is null, unexpected);
        Assert.All(Gateways, gateway => Assert.Equal(0, gateway.Loop.Faults));
        Assert.Equal(default, Left);
        Assert.All(Grains.Destinations, destination => Assert.Equal(0, destination.Taken));
        Assert.True(SpinWait.SpinUntil(() => PortsInUse == 0, Patience), $"{PortsInUse} media ports are still in use.");
        await AssertBooks();
    }

    /// <summary>What is held now.</summary>
    public Leftovers Left => new(
        Gateways.Sum(gateway => gateway.Dialogs), Gateways.Sum(gateway => gateway.Layer.ServerTransactions),
        Gateways.Sum(gateway => gateway.Layer.ClientTransactions), Gateways.Sum(TimersOfCalls), Context.Calls.Count, Context.Relay.ActiveSessions);

    /// <summary>Without the one that keeps the ways to registered phones open for as long as they are registered.</summary>
    private static int TimersOfCalls(LoopGateway gateway) => gateway.Loop.TimerCount - (gateway.KeepAlives.Count > 0 ? 1 : 0);

    private int PortsInUse => Context.Relay.CountPorts(AddressFamily.InterNetwork).InUse;

    private async Task AssertBooks()
    {
        await Context.Outbox.Drain(Patience).WaitAsync(Patience);
        Assert.Equal(0, Context.Outbox.Waiting);
        Assert.Empty(Journal.Left);
        var calls = Grains.Book.Calls;
        Assert.All(calls, told => Assert.Equal((true, 1), (told[^1].End is not null, told.Count(report => report.End is not null))));
        var tenants = Grains.Tenants.Select(t => t.Tenant.Id).ToArray();
        Assert.All(tenants, tenant => Assert.Equal(0, Count(Counter.ActiveSessions, tenant)));
        Assert.Equal(
            calls.Count,
            tenants.Sum(tenant => Count(Counter.SuccessfulCalls, tenant) + Count(Counter.FailedCalls, tenant)));
    }
}
