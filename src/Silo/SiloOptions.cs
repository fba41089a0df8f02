using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using TekSipCloud.Silo.Logging;

namespace TekSipCloud.Silo;

/// <summary>What this process is. Section <c>Silo</c>.</summary>
public sealed class SiloOptions : IValidatableObject
{
    public const string Section = "Silo";

    /// <summary>Where keys, certificates, logs and first-run files are kept. Default <c>.data</c> in the working folder.</summary>
    [Required]
    public string DataFolder { get; set; } = ".data";

    /// <summary>What runs here: <c>all</c> (default), <c>edge</c> (gateway and media only) or <c>core</c> (grains, API and console only).</summary>
    [RegularExpression("^(all|edge|core)$", ErrorMessage = "The role is all, edge or core.")]
    public string Role { get; set; } = "all";

    /// <summary>Port of the console and the APIs. Default 8080.</summary>
    [Range(1, 65535)]
    public int HttpPort { get; set; } = 8080;

    /// <summary>The same by TLS. Default 8443; 0 opens none.</summary>
    [Range(0, 65535)]
    public int HttpsPort { get; set; } = 8443;

    /// <summary>
    /// PEM or PFX file with the certificate of HTTPS and SIP over TLS for those who ask for no other name. Empty, the default: one of the folder
    /// of <see cref="Certificates.TlsOptions.Folder"/>, at first one made by this node on its first run, which clients must be told to trust.
    /// </summary>
    public string Certificate { get; set; } = "";

    /// <summary>How much is logged, as in TekSIP: <c>None</c>, <c>Errors</c>, <c>Sessions</c> (default), and <c>Debug</c>.</summary>
    public LogDetail LogDetail { get; set; } = LogDetail.Sessions;

    /// <summary>Days after which a log file is deleted. Default 30.</summary>
    [Range(1, 3650)]
    public int KeepLogDays { get; set; } = 30;

    /// <summary>The cluster, the same on each of its silos. Empty, the default: this process is a cluster of its own.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>Port for the cluster's other silos. Default 0: a free one, for a cluster of one.</summary>
    [Range(0, 65535)]
    public int SiloPort { get; set; }

    /// <summary>Address and port of the cluster's first silo, as <c>127.0.0.1:11111</c>. Empty, the default: this is the first.</summary>
    [RegularExpression(@"^.+:\d{1,5}$", ErrorMessage = "The primary silo is given as address:port.")]
    public string PrimarySilo { get; set; } = "";

    /// <summary>
    /// Addresses or networks of reverse proxies in front of the HTTP ports, as <c>192.0.2.10</c> or <c>192.0.2.0/24</c>. Only they are believed about
    /// who their clients are (X-Forwarded-For, -Proto, -Host). Default: none.
    /// </summary>
    public IList<string> Proxies { get; init; } = [];

    public IEnumerable<IPNetwork> ProxyNetworks => Proxies.Select(ParseNetwork);

    public bool HasGateway => Role is not "core";

    public bool HasApi => Role is not "edge";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var proxy in Proxies)
        {
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
                yield return new ValidationResult($"{Section}: '{proxy}' is no address or network of a proxy.", [nameof(Proxies)]);
        }
    }

    private static IPNetwork ParseNetwork(string text) =>
        IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            : IPNetwork.Parse(text);
}
