using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Reads the part of the configuration section "Orleans" that an embedded silo can obey.</summary>
internal static class SiloConfiguration
{
    private const string DevelopmentClustering = "Development";

    public static void ReadConfiguration(this SiloBuilder silo)
    {
        var section = silo.Configuration.GetSection("Orleans");
        silo.Services.Configure<ClusterOptions>(section.Bind);

        var clustering = section.GetSection("Clustering");
        if (clustering["ProviderType"] is not { } provider)
            return;

        if (provider != DevelopmentClustering)
            throw new InvalidOperationException($"Could not find Clustering provider named '{provider}'.");

        silo.UseDevelopmentClustering((DevelopmentClusterMembershipOptions options) => clustering.Bind(options));
    }
}
