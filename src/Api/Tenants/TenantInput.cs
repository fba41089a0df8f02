namespace TekSipCloud.Api.Tenants;

/// <summary>A tenant to be made.</summary>
/// <param name="Id">1 to 32 characters of <c>a-z</c>, <c>0-9</c> and <c>-</c>; for good.</param>
/// <param name="Domains">At least one SIP domain (host name or address).</param>
/// <param name="Name">For people; the id when absent.</param>
/// <param name="Realm">The digest realm for good; the first domain when absent.</param>
/// <param name="Settings">The defaults when absent.</param>
/// <param name="OriginationDomains">Those of the domains that take calls and ring nobody; none when absent.</param>
internal sealed record TenantInput(
    string Id,
    IReadOnlyList<string> Domains,
    string Name = "",
    string? Realm = null,
    TenantSettingsDto? Settings = null,
    IReadOnlyList<string>? OriginationDomains = null);
