namespace TekSipCloud.Api.Tenants;

/// <summary>A key just made.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">The bearer token; shown this once.</param>
internal sealed record NewApiKeyDto(ApiKeyDto Key, string Secret);
