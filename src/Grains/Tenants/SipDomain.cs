using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Grains.Tenants;

/// <summary>A SIP domain in the form in which it is looked up.</summary>
internal static class SipDomain
{
    private const int MaxLength = 253;
    private const int MaxLabelLength = 63;

    /// <summary>
    /// Lower case, without a final dot, an IPv6 address without brackets; null when it is neither a host name nor an
    /// address.
    /// </summary>
    public static string? Normalize(string? text)
    {
        var domain = text?.Trim().TrimEnd('.').ToLowerInvariant();
        if (domain is not { Length: > 0 and <= MaxLength })
            return null;

        if (domain.Contains(':', StringComparison.Ordinal) || domain.StartsWith('['))
        {
            return IPAddress.TryParse(domain, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId == 0
                ? address.ToString()
                : null;
        }

        return domain.Split('.').All(IsLabel) ? domain : null;
    }

    // RFC 1123 §2.1, and the underscore that hosts of private networks have.
    private static bool IsLabel(string label) => label.Length is > 0 and <= MaxLabelLength
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
        && label[0] != '-' && label[^1] != '-';
}
