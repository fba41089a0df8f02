namespace TekSipCloud.Media.Dtls;

/// <summary>Compares the certificate that a party showed with what its description says.</summary>
internal static unsafe class DtlsPeer
{
    /// <summary>Whether what the party showed is one of those described.</summary>
    public static bool Fits(SslHandle ssl, ReadOnlySpan<CertificateFingerprint> expected)
    {
        using var certificate = LibSsl.GetPeerCertificate(ssl);
        return !certificate.IsInvalid && Fits(certificate.DangerousGetHandle(), expected);
    }

    /// <summary>The same of a certificate that OpenSSL holds.</summary>
    public static bool Fits(nint certificate, ReadOnlySpan<CertificateFingerprint> expected)
    {
        var digest = stackalloc byte[LibCrypto.MaxDigestBytes];
        foreach (var one in expected)
        {
            uint length;
            var algorithm = LibCrypto.FindDigest(one.Hash.OpenSslName());
            if (algorithm != 0
                && LibCrypto.Digest(certificate, algorithm, digest, &length) == 1
                && one.IsSameAs(new(one.Hash, new(digest, (int)length))))
                return true;
        }

        return false;
    }
}
