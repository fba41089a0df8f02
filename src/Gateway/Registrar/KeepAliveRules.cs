using System.Net;
using System.Text;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>Which devices need their way kept open.</summary>
internal static class KeepAliveRules
{
    /// <summary>
    /// Whether there is a NAT between: the phone believes to be elsewhere than its packets come from. A connection's port tells nothing,
    /// and a WebSocket has pings of its own.
    /// </summary>
    public static bool IsBehindNat(Binding binding)
    {
        var flow = binding.Flow;
        if (flow.Transport is not (Transport.Udp or Transport.Tcp or Transport.Tls))
            return false;

        Span<byte> text = stackalloc byte[512];
        if (Encoding.UTF8.GetByteCount(binding.Contact) > text.Length)
            return true;

        text = text[..Encoding.UTF8.GetBytes(binding.Contact, text)];
        if (!SipUri.TryParse(text, out var uri, out _) || !TryParseAddress(uri.Host, out var host))
            return true;

        var port = uri.Port > 0 ? uri.Port : 5060;
        return !host.Equals(IPAddress.Parse(flow.RemoteAddress)) || (flow.Transport == Transport.Udp && port != flow.RemotePort);
    }

    private static bool TryParseAddress(ReadOnlySpan<byte> host, out IPAddress address)
    {
        Span<char> text = stackalloc char[64];
        address = IPAddress.None;
        return host.Length <= text.Length && IPAddress.TryParse(text[..Encoding.ASCII.GetChars(host, text)], out address!);
    }
}
