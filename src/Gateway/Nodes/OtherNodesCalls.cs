using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>Finds the node that has a call: each that lives is asked, which costs nothing while nobody takes calls over. Thread-safe.</summary>
internal sealed partial class OtherNodesCalls(
    IGrainFactory grains, INodeLeases leases, NodeIdentity node, TimeProvider clock, ILogger<OtherNodesCalls> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The other node whose call it is; null when none says so in time.</summary>
    public async Task<string?> Find(SoughtCall call)
    {
        try
        {
            var now = clock.GetUtcNow();
            using var deadline = new CancellationTokenSource(Patience, clock);
            var known = await leases.List(deadline.Token).WaitAsync(deadline.Token);
            var others = known.Where(lease => lease.Expires > now && lease.Name != node.Name).Select(lease => lease.Name).ToArray();
            var have = await Task.WhenAll(others.Select(other => Has(other, call)));
            return others.Where((_, i) => have[i]).FirstOrDefault();
        }
        catch (Exception e)
        {
            LogUnknown(node.Name, e);
            return null;
        }
    }

    private async Task<bool> Has(string other, SoughtCall call)
    {
        try
        {
            return await grains.GetGrain<IGatewayGrain>(other).HasCall(call).WaitAsync(Patience, clock) is { IsSuccess: true, Value: true };
        }
        catch (Exception e)
        {
            LogUnknown(other, e);
            return false;
        }
    }

    [LoggerMessage(4062, LogLevel.Warning, "Whether node {Other} has a call that is to be taken over could not be found out")]
    private partial void LogUnknown(string other, Exception exception);
}
