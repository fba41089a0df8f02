using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Storage.Calls;

namespace TekSipCloud.Grains.Calls;

/// <summary>What the books say of a call whose node died.</summary>
internal static class InterruptedCall
{
    /// <summary>The call's CDR: it ended when its node was last known to live.</summary>
    public static CallRecord ToRecord(OpenCall row, NodeLease? lastLease, TimeSpan leaseLifetime, DateTimeOffset now)
    {
        var wasAnswered = row.Call.State == CallState.Answered;
        return new()
        {
            Call = row.Call,
            Ended = LastSignOfLife(row, lastLease, leaseLifetime, now),
            Status = wasAnswered ? 200 : 500,
            EndedBy = CallEnd.NodeLost,
            Reason = $"Node {row.Call.Node} died during the call.",
        };
    }

    private static DateTimeOffset LastSignOfLife(OpenCall row, NodeLease? lastLease, TimeSpan leaseLifetime, DateTimeOffset now)
    {
        if (lastLease is null || lastLease.Incarnation != row.Call.Incarnation)
            return row.Updated;

        var renewed = lastLease.Expires - leaseLifetime;
        var latest = renewed > row.Updated ? renewed : row.Updated;
        return latest < now ? latest : now;
    }
}
