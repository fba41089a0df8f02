using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace TekSipCloud.Silo;

/// <summary>The silo of this process. Its ports are chosen free and bound to loopback; no client gateway is opened.</summary>
internal static class OrleansServices
{
    public static void AddSilo(this WebApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        // Every process is a cluster of its own until clustering comes: the name keeps neighbours on one machine apart.
        var cluster = $"teksip-{endpoint.Port}-{Guid.NewGuid():N}";
        silo.UseLocalhostClustering(endpoint.Port, gatewayPort: 0, primarySiloEndpoint: null, serviceId: "teksip-cloud", clusterId: cluster);
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(30));
    });

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
