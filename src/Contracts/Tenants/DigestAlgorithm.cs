namespace TekSipCloud.Contracts.Tenants;

/// <summary>The hash of a digest challenge (RFC 3261 §22, RFC 8760).</summary>
[GenerateSerializer, Alias("digest-algorithm")]
public enum DigestAlgorithm
{
    /// <summary>MD5, which every phone knows.</summary>
    Md5 = 0,

    /// <summary>SHA-256 (RFC 8760).</summary>
    Sha256 = 1,
}
