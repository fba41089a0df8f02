using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Calls;

/// <summary>A call that another party is to take over: the one that rings at an extension.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Extension">The extension where it rings.</param>
[GenerateSerializer, Alias("sought-call")]
public sealed record SoughtCall(
    [property: Id(70)] TenantId Tenant,
    [property: Id(71)] string Extension);
