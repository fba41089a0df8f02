using System.Net;
using System.Text;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// What a contact of a 3xx means here: a number of the tenant's, or the redirecting phone itself by another way. Nothing else is called, or a phone
/// could have us send requests to whomever it likes.
/// </summary>
/// <param name="Number">A number to be called as the redirecting extension would; empty for a way.</param>
/// <param name="Way">The way to the phone itself; null for a number.</param>
internal sealed record RedirectPlace(string Number, SipTarget? Way)
{
    private const int DefaultPort = 5060;
    private const int DefaultTlsPort = 5061;

    /// <summary>Reads a contact; null for one that leads elsewhere.</summary>
    public static RedirectPlace? Read(Call call, RedirectContact contact)
    {
        if (!SipUri.TryParse(Encoding.UTF8.GetBytes(contact.Uri), out var uri, out _) || uri.Scheme == SipUriScheme.Other)
            return null;

        var host = Encoding.UTF8.GetString(uri.Host);
        if (uri.Scheme == SipUriScheme.Tel || call.Tenant.HasDomain(host))
            return NumberOf(uri) is { Length: > 0 } number ? new(number, null) : null;

        // RFC 5630 §3.1: a call to a SIPS URI is not turned into another.
        return IPAddress.TryParse(host.Trim('[', ']'), out var address) && address.Equals(contact.By.Flow?.Remote.Address)
            && ProtocolOf(uri) is { } protocol && (!call.IsSips || protocol == SipTransportProtocol.Tls)
            && new IPEndPoint(address, PortOf(uri, protocol)) is var place && !IsAnothers(call, contact, place)
            ? new("", new SipTarget(protocol, place))
            : null;
    }

    /// <summary>Whether another extension's phone is there: several share an address behind a NAT, or on one machine.</summary>
    private static bool IsAnothers(Call call, RedirectContact contact, IPEndPoint place) => RegisteredWays.IsAnothers(
        call.Gateway.Context, new ExtensionKey(call.Tenant.Id, contact.By.Target.Party.Number), place);

    /// <summary>What is tried once in a call at most: a user at a way.</summary>
    public static string KeyOf(SipTransportProtocol protocol, IPEndPoint remote, ReadOnlySpan<byte> uri) =>
        $"{protocol} {remote} {(SipUri.TryParse(uri, out var parsed, out _) ? NumberOf(parsed) : "")}";

    private static string NumberOf(SipUri uri)
    {
        Span<byte> buffer = stackalloc byte[256];
        return uri.User.Length > buffer.Length ? "" : HeaderText.Readable(uri.UnescapeUser(buffer));
    }

    private static SipTransportProtocol? ProtocolOf(SipUri uri)
    {
        var isSecure = uri.Scheme == SipUriScheme.Sips;
        return Encoding.ASCII.GetString(uri.Transport).ToUpperInvariant() switch
        {
            "" => isSecure ? SipTransportProtocol.Tls : SipTransportProtocol.Udp,
            "UDP" when !isSecure => SipTransportProtocol.Udp,
            "TCP" => isSecure ? SipTransportProtocol.Tls : SipTransportProtocol.Tcp,
            "TLS" => SipTransportProtocol.Tls,
            _ => null,
        };
    }

    private static int PortOf(SipUri uri, SipTransportProtocol protocol) =>
        uri.Port > 0 ? uri.Port : protocol == SipTransportProtocol.Tls ? DefaultTlsPort : DefaultPort;
}
