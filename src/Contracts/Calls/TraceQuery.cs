using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Calls;

/// <summary>Which messages are wanted from a node's memory: those of a call, or those with a SIP Call-ID.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Call">The call, with all its legs; null to look for <paramref name="SipCallId"/>.</param>
/// <param name="SipCallId">The Call-ID of a request, such as one that was refused and so became no call; empty with a call.</param>
[GenerateSerializer, Alias("trace-query")]
public sealed record TraceQuery(
    [property: Id(0)] TenantId Tenant,
    [property: Id(1)] Guid? Call,
    [property: Id(2)] string SipCallId);
