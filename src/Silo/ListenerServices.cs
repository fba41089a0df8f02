using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TekSipCloud.Gateway;
using TekSipCloud.Media.Relay;
using TekSipCloud.Silo.Certificates;
using TekSipCloud.Silo.Connections;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Silo;

/// <summary>What Kestrel listens on: HTTP, HTTPS, and SIP over TCP and TLS.</summary>
internal static class ListenerServices
{
    public static void AddListeners(this WebApplicationBuilder builder, SiloOptions silo)
    {
        var gateway = builder.Configuration.GetValid<GatewayOptions>(GatewayOptions.Section);
        var limits = builder.Configuration.GetValid<SipLimitsOptions>(SipLimitsOptions.Section);
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = Bind);
        builder.Services.AddSingleton<ConnectionGate>();
        builder.Services.TryAddSingleton(_ => new ConnectionBudget(limits, MediaRelay.ReadOpenFileLimit(), takenByPorts: 0, neededByPorts: 0));
        builder.Services.AddSingleton<SocketTransportFactory>();
        // Kestrel binds by the last that is registered.
        builder.Services.AddSingleton<IConnectionListenerFactory, BoundedListenerFactory>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A request that opens a WebSocket has no more time than a first message.
            kestrel.Limits.RequestHeadersTimeout = limits.FirstMessageTimeout;
            kestrel.ConfigureEndpointDefaults(UseGate);
            kestrel.Limits.MaxConcurrentConnections = kestrel.ApplicationServices.GetRequiredService<ConnectionBudget>().All;
            foreach (var address in gateway.BindAddresses)
                kestrel.Listen(address, silo, gateway);
        });
    }

    private static void Listen(this KestrelServerOptions kestrel, IPAddress address, SiloOptions silo, GatewayOptions gateway)
    {
        kestrel.Listen(address, silo.HttpPort);
        if (silo.HttpsPort > 0)
            kestrel.Listen(address, silo.HttpsPort, listen => listen.UseStoredCertificates(isSip: false));
        if (!silo.HasGateway)
            return;

        kestrel.Listen(address, gateway.SipPort, listen => listen.UseConnectionHandler<SipConnectionHandler>());
        if (gateway.SipsPort > 0)
        {
            kestrel.Listen(address, gateway.SipsPort, listen =>
            {
                // No HTTP here, so none is negotiated (ALPN).
                listen.Protocols = HttpProtocols.None;
                listen.UseStoredCertificates(isSip: true);
                listen.UseConnectionHandler<SipConnectionHandler>();
            });
        }
    }

    /// <summary>Each family has its sockets, as for UDP: so both can be bound at the same port, and no IPv4 peer appears as an IPv6 one.</summary>
    private static Socket Bind(EndPoint endpoint)
    {
        if (endpoint is not IPEndPoint { AddressFamily: AddressFamily.InterNetworkV6 })
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);

        var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = false };
        try
        {
            socket.Bind(endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void UseGate(ListenOptions listen)
    {
        var gate = listen.ApplicationServices.GetRequiredService<ConnectionGate>();
        listen.Use(next => connection => gate.Pass(connection, next));
    }
}
