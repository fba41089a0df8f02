namespace TekSipCloud.Sip.Digest;

/// <summary>Who answers a challenge, and how often with this nonce.</summary>
public readonly ref struct DigestClient
{
    /// <summary>The user name, UTF-8.</summary>
    public ReadOnlySpan<byte> UserName { get; init; }

    /// <summary>The HA1 for the challenge's realm and algorithm (see <see cref="DigestHa1.Compute"/>).</summary>
    public ReadOnlySpan<byte> Ha1 { get; init; }

    /// <summary>Random text of our own for this answer; without quotes.</summary>
    public ReadOnlySpan<byte> ClientNonce { get; init; }

    /// <summary>1 for the first request with a nonce, then one more each time (RFC 7616 §3.4).</summary>
    public uint NonceCount { get; init; }
}
