using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Storage.Tenants;

/// <summary>An API key as stored.</summary>
/// <param name="Key">What can be shown.</param>
/// <param name="SecretSha256">64 hex digits: the secret has 256 random bits, so a plain hash is enough.</param>
public sealed record ApiKeyDocument(ApiKey Key, string SecretSha256);
