using TekSipCloud.Sip.Tls;

namespace TekSipCloud.Silo.Certificates;

/// <summary>Finds the certificate for the name that a client asks for (RFC 6066 §3). Immutable.</summary>
internal sealed class CertificateIndex
{
    private readonly Dictionary<string, StoredCertificate> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="certificates">All there are.</param>
    /// <param name="now">Decides which are valid.</param>
    /// <param name="named">The operator's own choice of a default; null for none.</param>
    /// <param name="host">The name by which this process is known.</param>
    public CertificateIndex(IReadOnlyCollection<StoredCertificate> certificates, DateTimeOffset now, StoredCertificate? named, string host)
    {
        // The manual, Server Certificate: of several for one name the most current takes over; one that is not valid only when no other is left.
        var ranked = certificates
            .OrderBy(certificate => certificate.IsValid(now))
            .ThenBy(certificate => !certificate.IsDevelopment)
            .ThenBy(certificate => certificate.NotBefore)
            .ThenBy(certificate => certificate.NotAfter);
        foreach (var certificate in ranked)
        {
            foreach (var name in certificate.Names)
                _byName[name] = certificate;
        }

        Default = InPlaceOf(named ?? ChooseDefault(certificates, now, host), certificates, now);
    }

    /// <summary>For those who ask for no name, or for one that nobody has; null only when there is no certificate at all.</summary>
    public StoredCertificate? Default { get; }

    /// <summary>Those that some name leads to.</summary>
    public IEnumerable<StoredCertificate> InUse => _byName.Values.Append(Default).OfType<StoredCertificate>().Distinct();

    /// <summary>The certificate for a name; a wildcard stands for one label.</summary>
    public StoredCertificate? Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return Default;
        if (_byName.TryGetValue(name, out var certificate))
            return certificate;

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _byName.TryGetValue($"*{name[dot..]}", out certificate) && CertificateIdentities.IsWildcardOf($"*{name[dot..]}", name)
            ? certificate
            : Default;
    }

    /// <summary>The manual, Server Certificate: when the chosen one is not valid, the most current one with its names takes over, whatever its file.</summary>
    private static StoredCertificate? InPlaceOf(StoredCertificate? chosen, IEnumerable<StoredCertificate> certificates, DateTimeOffset now)
    {
        if (chosen is null || chosen.IsDevelopment || chosen.IsValid(now))
            return chosen;

        return certificates.Where(other => !other.IsDevelopment && other.IsValid(now) && HasNamesOf(other, chosen)).MaxBy(other => other.NotBefore) ?? chosen;
    }

    private static bool HasNamesOf(StoredCertificate other, StoredCertificate chosen) =>
        chosen.Names.All(name => other.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) && chosen.Addresses.All(other.Addresses.Contains);

    private StoredCertificate? ChooseDefault(IReadOnlyCollection<StoredCertificate> certificates, DateTimeOffset now, string host) =>
        certificates.FirstOrDefault(c => Path.GetFileNameWithoutExtension(c.Source) == "default")
        ?? (_byName.TryGetValue(host, out var own) && !own.IsDevelopment ? own : null)
        ?? certificates.OrderBy(c => c.IsDevelopment).ThenByDescending(c => c.IsValid(now)).ThenBy(c => c.Source, StringComparer.Ordinal).FirstOrDefault();
}
