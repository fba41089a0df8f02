namespace TekSipCloud.Sip.Digest;

/// <summary>What an authentic nonce says of itself.</summary>
/// <param name="IssuedAt">Milliseconds since 1970 UTC.</param>
/// <param name="Serial">Tells nonces of the same millisecond and node apart.</param>
public readonly record struct NonceStamp(long IssuedAt, ulong Serial);
