using TekSipCloud.Contracts.Configuration;

namespace TekSipCloud.Silo.Certificates;

/// <summary>What this process shows to those who connect by TLS, and what it asks of them. Section <c>Tls</c>.</summary>
public sealed class TlsOptions
{
    public const string Section = "Tls";

    /// <summary>
    /// Where certificates are: a PEM or PFX file each, or a folder each as certbot makes them. Empty, the default: <c>certificates</c> in the data
    /// folder.
    /// </summary>
    public string Folder { get; set; } = "";

    /// <summary>Opens PFX files and encrypted PEM keys. Default empty: they have none.</summary>
    public string Password { get; set; } = "";

    /// <summary>How often files are read again besides when the system tells of a change, which it can't on every file system. Default 1 min.</summary>
    [DurationRange("00:00:01", "1.00:00:00")]
    public TimeSpan CheckPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long before a certificate's end the first warning is given. Default 21 days: authorities renew at 30.</summary>
    [DurationRange("00:00:00", "365.00:00:00")]
    public TimeSpan WarnBefore { get; set; } = TimeSpan.FromDays(21);

    /// <summary>Whether SIP peers are asked for a certificate of theirs (mutual TLS). Default <c>Off</c>.</summary>
    public ClientCertificates ClientCertificates { get; set; }

    /// <summary>PEM file with the certificates of the only authorities whose clients are believed. Needed unless <see cref="ClientCertificates"/> is off.</summary>
    public string ClientAuthorities { get; set; } = "";
}
