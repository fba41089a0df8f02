namespace TekSipCloud.Media.Dtls;

/// <summary>The hash functions of fingerprints (RFC 8122 §5), weakest first. MD2 and MD5 are not among them: they must not be used.</summary>
public enum CertificateHash
{
    /// <summary><c>sha-1</c>; taken only where a description has nothing better.</summary>
    Sha1,

    /// <summary><c>sha-224</c>.</summary>
    Sha224,

    /// <summary><c>sha-256</c>, which everybody has and we write.</summary>
    Sha256,

    /// <summary><c>sha-384</c>.</summary>
    Sha384,

    /// <summary><c>sha-512</c>.</summary>
    Sha512,
}
