using System.ComponentModel.DataAnnotations;
using TekSipCloud.Contracts.Configuration;

namespace TekSipCloud.Gateway.WebSockets;

/// <summary>SIP over WebSockets on the HTTP and HTTPS ports (RFC 7118). Section <c>Gateway:WebSocket</c>.</summary>
public sealed class SipWebSocketOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gateway:WebSocket";

    /// <summary>Whether there is any. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether it may be opened without TLS (<c>ws:</c>). Default true, as TCP is without TLS; on the open internet turn it off.</summary>
    public bool AllowPlain { get; set; } = true;

    /// <summary>
    /// Web sites whose pages may open one, as <c>https://phone.example.com</c>, beside those on this server's own host. <c>*</c> allows all. Default:
    /// none.
    /// </summary>
    public IList<string> Origins { get; init; } = [];

    /// <summary>How long one may be silent before it is pinged. Default 30 s, a minute at most: proxies cut what is silent for longer.</summary>
    [DurationRange("00:00:01", "00:01:00")]
    public TimeSpan Ping { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The HTTP port, as the host opened it; 0 for none.</summary>
    public int HttpPort { get; set; }

    /// <summary>The HTTPS port, as the host opened it; 0 for none.</summary>
    public int HttpsPort { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var origin in Origins)
        {
            if (!OriginPolicy.IsOrigin(origin))
                yield return new ValidationResult($"{Section}: '{origin}' is no origin such as https://phone.example.com.", [nameof(Origins)]);
        }
    }
}
