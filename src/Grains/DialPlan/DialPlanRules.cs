using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Grains.Extensions;
using TekSipCloud.Grains.Tenants;

namespace TekSipCloud.Grains.DialPlan;

/// <summary>What destinations, routes and IP filters must be like.</summary>
internal static class DialPlanRules
{
    private const int MaxNameLength = 64;
    private const int MaxPasswordLength = 128;

    public static Problem? Validate(Destination destination, string? password)
    {
        var isExtension = destination.Type == DestinationType.Extension;
        return new FieldRules()
            .DemandText(destination.Name, MaxNameLength, "Name", minLength: 1)
            .Demand(CanBeInPath(destination.Name), "Name", "Name is not . or .., and has no %2F in it.")
            .Demand(Enum.IsDefined(destination.Type), "Type", "Type is Ua, Proxy or Extension.")
            .Demand(!isExtension || ExtensionRules.IsUsername(destination.Username), "Username",
                "A destination of type Extension names one.")
            .Demand(!destination.Register || destination.Username is { Length: > 0 }, "Username",
                "To register, the account's username is needed.")
            .DemandText(destination.Username, MaxNameLength, "Username")
            .DemandText(destination.AuthUsername, MaxNameLength, "AuthUsername")
            .Demand(destination.Domain is "" || SipDomain.Normalize(destination.Domain) is not null, "Domain",
                "Domain is a host name or an address, or empty.")
            .Demand((isExtension && destination.Gateway is "") || SipDomain.Normalize(destination.Gateway) is not null,
                "Gateway",
                "Gateway is a host name or an address.")
            .DemandRange(destination.Port, 0, 65535, "Port")
            .Demand(destination.Transport is Transport.None or Transport.Udp or Transport.Tcp or Transport.Tls, "Transport",
                "Transport is Udp, Tcp or Tls, or None to have it found by DNS.")
            .DemandRange(destination.Timeout, TimeSpan.Zero, TimeSpan.FromDays(7), "Timeout")
            .DemandRange(destination.Capacity, 0, 1_000_000, "Capacity")
            .DemandPrefix(destination.AddPrefix, "AddPrefix")
            .Demand(Enum.IsDefined(destination.MediaEncryption), "MediaEncryption", "MediaEncryption is Off, Preferred, Required or Dtls.")
            .Demand(SrtpSuites.AreValid(destination.SrtpSuites), "SrtpSuites", $"SrtpSuites are of {string.Join(", ", SrtpSuites.Names)}, each once.")
            .DemandText(destination.TranslationProfile, MaxNameLength, "TranslationProfile")
            .Demand(AreAuthorities(destination.TlsAuthorities), "TlsAuthorities",
                $"TlsAuthorities is one certificate or more as PEM, without keys, in at most {Destination.MaxTlsAuthoritiesLength} characters; or empty.")
            .DemandText(password ?? "", MaxPasswordLength, "Password")
            .Problem;
    }

    public static Problem? Validate(Route route, DialPlanState plan) => new FieldRules()
        .DemandPrefix(route.Prefix, "Prefix")
        .Demand(plan.Destinations.ContainsKey(route.Destination ?? ""), "Destination",
            $"There is no destination '{route.Destination}'.")
        .DemandRange(route.Order, -1, 1_000_000, "Order")
        .Problem;

    /// <summary>Conflict when another route sends the same prefix to the same destination.</summary>
    public static Problem? RefuseTwin(Route route, DialPlanState plan) => plan.Routes.Values.Any(row =>
            row.Value.Id != route.Id && row.Value.Prefix == route.Prefix && row.Value.Destination == route.Destination)
        ? Problem.Conflict($"A route from '{route.Prefix}' to {route.Destination} exists already.")
        : null;

    public static Problem? Validate(IpFilter filter) => new FieldRules()
        .Demand(NormalizeNetwork(filter.Address) is not null, "Address",
            "Address is an IP address, or a network such as 192.0.2.0/24.")
        .Demand(Enum.IsDefined(filter.Action), "Action", "Action is Allow, Bypass, Trust or Drop.")
        .Demand(filter.Action is not (IpFilterAction.Bypass or IpFilterAction.Trust)
                || !IpFilter.TryParseNetwork(NormalizeNetwork(filter.Address), out var network) || IpFilter.MayVouchFor(network),
            "Address", $"Bypass and Trust take networks of at least {IpFilter.MinVouchedBitsV4} bits, of IPv6 {IpFilter.MinVouchedBitsV6}.")
        .DemandRange(filter.Order, -1, 1_000_000, "Order")
        .Problem;

    /// <summary>OverLimit when it would be one filter too many.</summary>
    public static Problem? RefuseTooMany(IpFilter filter, DialPlanState plan) =>
        plan.IpFilters.Count >= IpFilter.MaxPerTenant && !plan.IpFilters.ContainsKey(NormalizeNetwork(filter.Address)!)
            ? new Problem(ProblemKind.OverLimit, $"A tenant has at most {IpFilter.MaxPerTenant} IP filters: name networks instead of addresses.")
            : null;

    private static bool AreAuthorities(string? pem)
    {
        if (pem is null or { Length: > Destination.MaxTlsAuthoritiesLength } || pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
            return false;

        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            return pem.Length == 0 || certificates.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether REST can name it. RFC 3986 §6.2.2.3 takes dots out of a path: to delete the destination <c>..</c> would mean to delete
    /// its tenant. A web server leaves %2F as it is, so written out it would be taken for a slash.
    /// </summary>
    private static bool CanBeInPath(string? name) =>
        name is not ("." or "..") && name?.Contains("%2F", StringComparison.OrdinalIgnoreCase) != true;

    /// <summary>
    /// The address, or the network with its host bits zero, in its one textual form; null when it is neither.
    /// </summary>
    public static string? NormalizeNetwork(string? text)
    {
        if (text is null)
            return null;

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address) || (slash < 0 && int.TryParse(text, out _)))
            return null;

        if (slash < 0)
            return address.ToString();

        var octets = address.GetAddressBytes();
        if (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out var bits) || bits > octets.Length * 8)
            return null;

        for (var i = 0; i < octets.Length; i++)
            octets[i] &= (byte)(0xFF << (8 - Math.Clamp(bits - (i * 8), 0, 8)));

        return $"{new IPAddress(octets)}/{bits}";
    }
}
