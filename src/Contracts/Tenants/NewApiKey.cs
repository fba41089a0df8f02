namespace TekSipCloud.Contracts.Tenants;

/// <summary>A key just made.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret"><c>tsk_TENANT_ID_random</c>: the bearer token. Shown once.</param>
[GenerateSerializer, Alias("new-api-key")]
public sealed record NewApiKey([property: Id(0)] ApiKey Key, [property: Id(1)] string Secret);
