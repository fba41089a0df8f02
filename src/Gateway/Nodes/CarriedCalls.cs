using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>
/// Calls of other nodes with phones of this one: they break when it stops. Their nodes know them, so nothing is kept of them here, and whoever
/// drains this node asks. Thread-safe.
/// </summary>
internal sealed partial class CarriedCalls(
    IGrainFactory grains, INodeLeases leases, FlowFinder flows, NodeIdentity node, TimeProvider clock, ILogger<CarriedCalls> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private volatile string[] _others = [];

    /// <summary>
    /// How many there are now; those whose phone's connection is gone are none. A node that lives and does not say counts as one call: to end
    /// its calls unasked would be worse than to wait.
    /// </summary>
    public async Task<int> Count() => (await Task.WhenAll((await FindOthers()).Select(Count))).Sum();

    /// <summary>Has their nodes end them: only those can send BYE to both parties and write the record.</summary>
    public async Task HangUpAll(string reason) => await Task.WhenAll((await FindOthers()).Select(other => HangUpAll(other, reason)));

    private async Task<int> Count(string other)
    {
        try
        {
            // NotFound is a node without calls: one that has no gateway, or whose gateway is gone.
            var found = await grains.GetGrain<IGatewayGrain>(other).FindCallsOver(node.Name).WaitAsync(Patience, clock);
            return found.IsSuccess ? found.Value.Count(flows.Holds) : 0;
        }
        catch (Exception e)
        {
            LogSilent(other, e);
            return 1;
        }
    }

    private async Task HangUpAll(string other, string reason)
    {
        try
        {
            await grains.GetGrain<IGatewayGrain>(other).HangUpCallsOver(node.Name, reason).WaitAsync(Patience, clock);
        }
        catch (Exception e)
        {
            LogSilent(other, e);
        }
    }

    /// <summary>The other nodes that live; while storage does not say, those of before.</summary>
    private async Task<string[]> FindOthers()
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        try
        {
            var known = await leases.List(deadline.Token).WaitAsync(deadline.Token);
            var now = clock.GetUtcNow();
            _others = [.. known.Where(lease => lease.Expires > now && lease.Name != node.Name).Select(lease => lease.Name)];
        }
        catch (Exception e)
        {
            LogNoLeases(e);
        }

        return _others;
    }

    [LoggerMessage(4049, LogLevel.Warning, "Node {Other} does not say which of its calls go over this one")]
    private partial void LogSilent(string other, Exception exception);

    [LoggerMessage(4052, LogLevel.Warning, "Which nodes there are could not be read")]
    private partial void LogNoLeases(Exception exception);
}
