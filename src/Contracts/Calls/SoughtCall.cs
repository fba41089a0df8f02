using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Calls;

/// <summary>A call that another party is to take over: the one that rings at an extension, or the one with a leg that is to be replaced (RFC 3891).</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Extension">The extension where it rings; null to look for a leg.</param>
/// <param name="SipCallId">The leg's Call-ID; a character for a byte.</param>
/// <param name="LocalTag">Our tag of it.</param>
/// <param name="RemoteTag">The party's.</param>
[GenerateSerializer, Alias("sought-call")]
public sealed record SoughtCall(
    [property: Id(70)] TenantId Tenant,
    [property: Id(71)] string? Extension,
    [property: Id(72)] string SipCallId = "",
    [property: Id(73)] string LocalTag = "",
    [property: Id(74)] string RemoteTag = "");
