using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Clustering for development: silos name one of themselves as the primary.</summary>
public static class CoreHostingExtensions
{
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = EndpointOptions.DEFAULT_SILO_PORT,
        int gatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        builder.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
        });
        builder.Configure<ClusterOptions>(options =>
        {
            options.ServiceId = serviceId;
            options.ClusterId = clusterId;
        });
        return builder.UseDevelopmentClustering(options => options.PrimarySiloEndpoint = primarySiloEndpoint);
    }

    public static ISiloBuilder UseDevelopmentClustering(this ISiloBuilder builder, IPEndPoint? primarySiloEndpoint) =>
        builder.UseDevelopmentClustering(options => options.PrimarySiloEndpoint = primarySiloEndpoint);

    public static ISiloBuilder UseDevelopmentClustering(
        this ISiloBuilder builder, Action<DevelopmentClusterMembershipOptions> configureOptions) =>
        builder.UseDevelopmentClustering((OptionsBuilder<DevelopmentClusterMembershipOptions> options) =>
            options.Configure(configureOptions));

    public static ISiloBuilder UseDevelopmentClustering(
        this ISiloBuilder builder, Action<OptionsBuilder<DevelopmentClusterMembershipOptions>> configureOptions)
    {
        configureOptions(builder.Services.AddOptions<DevelopmentClusterMembershipOptions>());
        return builder;
    }
}
