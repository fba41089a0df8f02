using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Counters;

/// <summary>The counters' names as the TekSIP-compatible API gives them.</summary>
public static class CounterNames
{
    /// <summary>One name per <see cref="Counter"/>, in its order.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "Number of Active Registrations",
        "Number of Active Sessions (INVITE)",
        "Number of SIP Requests Received",
        "Number of SIP Requests Forwarded",
        "SIP Requests Receive Rate",
        "Number of Successful Calls",
        "Number of Failed Calls",
        "Number of Endpoints in Quarantine",
        "Number of Requests Received from Banned Endpoints",
        "Number of RADIUS Authentication Requests Sent",
        "Number of RADIUS Authentication Replies Received",
        "Number of RADIUS Authentication Timeouts",
        "Number of RADIUS Accounting Requests Sent",
        "Number of RADIUS Accounting Requests Received",
        "Number of RADIUS Accounting Timeouts",
    ];

    /// <summary>Whether the counter is a level: summed over nodes, but never reset.</summary>
    public static bool IsLevel(Counter counter) => counter is Counter.ActiveRegistrations
        or Counter.ActiveSessions or Counter.RequestRate or Counter.QuarantinedEndpoints;
}
