using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Sets where a silo is reached.</summary>
public static class EndpointOptionsExtensions
{
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder,
        IPAddress advertisedIP,
        int siloPort,
        int gatewayPort,
        bool listenOnAnyHostAddress = false) =>
        builder.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = advertisedIP;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
            if (!listenOnAnyHostAddress)
                return;

            options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, siloPort);
            options.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Any, gatewayPort);
        });

    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder,
        string hostname,
        int siloPort,
        int gatewayPort,
        AddressFamily addressFamily = AddressFamily.InterNetwork,
        bool listenOnAnyHostAddress = false)
    {
        var address = Array.Find(Dns.GetHostAddresses(hostname), a => a.AddressFamily == addressFamily)
            ?? throw new ArgumentException($"{hostname} has no {addressFamily} address.", nameof(hostname));
        return builder.ConfigureEndpoints(address, siloPort, gatewayPort, listenOnAnyHostAddress);
    }

    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder,
        int siloPort,
        int gatewayPort,
        AddressFamily addressFamily = AddressFamily.InterNetwork,
        bool listenOnAnyHostAddress = false) =>
        builder.ConfigureEndpoints(Dns.GetHostName(), siloPort, gatewayPort, addressFamily, listenOnAnyHostAddress);
}
