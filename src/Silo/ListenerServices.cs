using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TekSipCloud.Gateway;
using TekSipCloud.Silo.Certificates;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Silo;

/// <summary>What Kestrel listens on: HTTP, HTTPS, and SIP over TCP and TLS.</summary>
internal static class ListenerServices
{
    /// <summary>TCP connections beside those of SIP: of the APIs, and of any kind while they shake hands.</summary>
    private const int OtherConnections = 5_000;

    public static void AddListeners(this WebApplicationBuilder builder, SiloOptions silo)
    {
        var gateway = builder.Configuration.GetValid<GatewayOptions>(GatewayOptions.Section);
        var limits = builder.Configuration.GetValid<SipLimitsOptions>(SipLimitsOptions.Section);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections + OtherConnections;
            var address = IPAddress.Parse(gateway.Bind);
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
        });
    }
}
