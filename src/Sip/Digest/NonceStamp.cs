namespace TekSipCloud.Sip.Digest;

/// <summary>What an authentic nonce says of itself.</summary>
/// <param name="IssuedAt">Milliseconds since 1970 UTC.</param>
/// <param name="Serial">One more than that of the nonce which this node made before.</param>
public readonly record struct NonceStamp(long IssuedAt, ulong Serial);
