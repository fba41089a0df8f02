using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using TekSipCloud.Sip.Tls;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// Serves the connections that Kestrel accepts on a SIP port: <c>options.Listen(endpoint, o =&gt; o.UseConnectionHandler&lt;SipConnectionHandler&gt;())</c>;
/// for TLS with <c>o.Protocols = HttpProtocols.None; o.UseHttps(certificate);</c> before it, so that no HTTP protocol is negotiated.
/// </summary>
public sealed class SipConnectionHandler(SipTransportLayer layer) : ConnectionHandler
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (connection.RemoteEndPoint is not IPEndPoint remote || connection.LocalEndPoint is not IPEndPoint local)
            return;

        var isTls = connection.Features.Get<ITlsHandshakeFeature>() is not null;
        var endpoint = new StreamEndpoint(
            isTls ? SipTransportProtocol.Tls : SipTransportProtocol.Tcp, Unmap(local), Unmap(remote), connection.Transport, connection.Abort)
        {
            IsIncoming = true,
            PeerNames = NamesOf(connection),
        };
        var served = layer.Serve(endpoint, out var flow);

        // Kestrel, when it stops, asks first and waits long before it cuts: without this every stop would last its whole time-out.
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        await using var registration = stopping.UnsafeRegister(static flow => ((SipFlow?)flow)?.Close(), flow);
        await served.ConfigureAwait(false);
    }

    // What stands there was verified in the handshake: whoever asks for certificates refuses those that don't verify.
    private static ImmutableArray<string> NamesOf(ConnectionContext connection) =>
        connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate
            ? CertificateIdentities.Read(certificate).Claims
            : [];

    // A dual-stack listener shows IPv4 peers as ::ffff:a.b.c.d; everywhere else they are IPv4.
    private static IPEndPoint Unmap(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;
}
