namespace TekSipCloud.Api.Accounts;

/// <summary>A tenant that the caller may see.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
internal sealed record SessionTenantDto(string Id, string Name);
