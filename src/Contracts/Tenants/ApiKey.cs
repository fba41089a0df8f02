using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Contracts.Tenants;

/// <summary>An API key as it can be shown.</summary>
/// <param name="Id">Names the key; part of its secret's text.</param>
/// <param name="Name">What it is for, 1 to 100 characters.</param>
/// <param name="Role">What it may do: tenant admin or viewer.</param>
/// <param name="Created">When it was made.</param>
[GenerateSerializer, Alias("api-key")]
public sealed record ApiKey(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] Role Role,
    [property: Id(3)] DateTimeOffset Created);
