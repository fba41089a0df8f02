using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tenants;

/// <summary>An API key without its secret.</summary>
/// <param name="Id">Names the key.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Created">When it was made.</param>
internal sealed record ApiKeyDto(string Id, string Name, Role Role, DateTimeOffset Created)
{
    public static ApiKeyDto From(ApiKey key) => new(key.Id, key.Name, key.Role, key.Created);
}
