using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace TekSipCloud.Silo;

/// <summary>The silo of this process, on loopback. No client gateway is opened.</summary>
internal static class OrleansServices
{
    public static void AddSilo(this WebApplicationBuilder builder, SiloOptions options) => builder.UseOrleans(silo =>
    {
        var port = options.SiloPort > 0 ? options.SiloPort : FreePort();
        // A name of its own keeps neighbours on one machine apart.
        var cluster = options.ClusterId.Length > 0 ? options.ClusterId : $"teksip-{port}-{Guid.NewGuid():N}";
        var primary = options.PrimarySilo.Length > 0 ? IPEndPoint.Parse(options.PrimarySilo) : null;
        silo.UseLocalhostClustering(port, gatewayPort: 0, primary, serviceId: "teksip-cloud", clusterId: cluster);
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromMinutes(30));
    });

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
