using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>
/// Finds the node that has a call: each that lives is asked, which costs nothing while nobody takes calls over. Which ones live is read once in a while: one
/// that has just come has no calls. Thread-safe.
/// </summary>
internal sealed partial class OtherNodesCalls(
    IGrainFactory grains, INodeLeases leases, NodeIdentity node, TimeProvider clock, ILogger<OtherNodesCalls> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private volatile Reading? _reading;

    /// <summary>The other node whose call it is; null when none says so in time. Throws when it is not known which nodes there are.</summary>
    public async Task<string?> Find(SoughtCall call)
    {
        var others = await FindOthers();
        var have = await Task.WhenAll(others.Select(other => Has(other, call)));
        return others.Where((_, i) => have[i]).FirstOrDefault();
    }

    private async Task<string[]> FindOthers()
    {
        if (_reading is { } reading && clock.GetElapsedTime(reading.At) < Fresh)
            return reading.Others;

        using var deadline = new CancellationTokenSource(Patience, clock);
        var known = await leases.List(deadline.Token).WaitAsync(deadline.Token);
        var now = clock.GetUtcNow();
        string[] others = [.. known.Where(lease => lease.Expires > now && lease.Name != node.Name).Select(lease => lease.Name)];
        _reading = new(others, clock.GetTimestamp());
        return others;
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

    private sealed record Reading(string[] Others, long At);

    [LoggerMessage(4062, LogLevel.Warning, "Whether node {Other} has a call that is to be taken over could not be found out")]
    private partial void LogUnknown(string other, Exception exception);
}
