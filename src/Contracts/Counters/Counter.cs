namespace TekSipCloud.Contracts.Counters;

/// <summary>The counters of a tenant, in the order of the manual; their names are in <see cref="CounterNames"/>.</summary>
[GenerateSerializer, Alias("counter")]
public enum Counter
{
    /// <summary>AORs with a live binding (a level, not reset by Clear).</summary>
    ActiveRegistrations = 0,

    /// <summary>Calls in progress (a level, not reset by Clear).</summary>
    ActiveSessions = 1,

    /// <summary>SIP requests received.</summary>
    RequestsReceived = 2,

    /// <summary>SIP requests sent on to a phone or destination.</summary>
    RequestsForwarded = 3,

    /// <summary>SIP requests received in the last full second (a level).</summary>
    RequestRate = 4,

    /// <summary>Calls that were answered.</summary>
    SuccessfulCalls = 5,

    /// <summary>Calls that were not.</summary>
    FailedCalls = 6,

    /// <summary>Addresses in quarantine (a level).</summary>
    QuarantinedEndpoints = 7,

    /// <summary>Requests from quarantined addresses.</summary>
    RequestsFromBanned = 8,

    /// <summary>RADIUS Access-Requests sent.</summary>
    RadiusAuthenticationRequests = 9,

    /// <summary>RADIUS Access-Accepts and -Rejects received.</summary>
    RadiusAuthenticationReplies = 10,

    /// <summary>RADIUS Access-Requests that nobody answered.</summary>
    RadiusAuthenticationTimeouts = 11,

    /// <summary>RADIUS Accounting-Requests sent.</summary>
    RadiusAccountingRequests = 12,

    /// <summary>RADIUS Accounting-Responses received.</summary>
    RadiusAccountingReplies = 13,

    /// <summary>RADIUS Accounting-Requests that nobody answered.</summary>
    RadiusAccountingTimeouts = 14,
}
