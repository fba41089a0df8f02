namespace TekSipCloud.Gateway.WebSockets;

/// <summary>
/// Which web sites' pages may open a WebSocket: those on the host they connect to, and those configured (RFC 6455 §10.2, RFC 7118 §7).
/// </summary>
internal sealed class OriginPolicy
{
    private const string Any = "*";
    private readonly bool _allowsAny;
    private readonly HashSet<string> _allowed;

    public OriginPolicy(IEnumerable<string> origins)
    {
        var given = origins.ToArray();
        _allowsAny = given.Contains(Any);
        _allowed = given.Where(origin => origin != Any).Select(Normal).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether the text is an origin (RFC 6454 §6.2) or the star.</summary>
    public static bool IsOrigin(string text) =>
        text == Any || (TryParse(text, out var origin) && origin is { PathAndQuery: "/", Fragment: "", UserInfo: "" });

    /// <summary>Whether a request may be served.</summary>
    /// <param name="origin">Its Origin header; empty from programs that are no browsers, which nobody can lead astray by a page.</param>
    /// <param name="host">The host that it was sent to, without port.</param>
    public bool Allows(string origin, string host)
    {
        if (origin.Length == 0 || _allowsAny)
            return true;

        // "null", which sandboxed pages and files send, is nobody's.
        return TryParse(origin, out var site)
            && (site.Host.Trim('[', ']').Equals(host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase) || _allowed.Contains(Normal(origin)));
    }

    private static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? origin) =>
        Uri.TryCreate(text, UriKind.Absolute, out origin) && origin.Scheme is "http" or "https";

    // Host names and schemes come out in lower case, default ports are left out.
    private static string Normal(string origin) => new Uri(origin).GetLeftPart(UriPartial.Authority);
}
