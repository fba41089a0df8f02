using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Grains.Calls;
using TekSipCloud.Grains.Nodes;
using TekSipCloud.Grains.Tenants;

namespace TekSipCloud.Grains;

/// <summary>Adds the domain to a host that has storage and Orleans.</summary>
public static class GrainsServices
{
    /// <summary>
    /// Adds this process's <see cref="NodeIdentity"/>, its lease, the closing of interrupted calls and the grains' call
    /// filter. Call it after AddStorage and before UseOrleans, so that the lease is held before the silo starts.
    /// </summary>
    public static IHostApplicationBuilder AddGrains(this IHostApplicationBuilder builder)
    {
        builder.Services.AddGrains(builder.Configuration);
        return builder;
    }

    /// <summary>The same for a bare service collection.</summary>
    public static IServiceCollection AddGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NodeOptions>().Bind(configuration.GetSection(NodeOptions.Section))
            .Configure(options => options.IsAlone = !HasClustering(configuration))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<NodeOptions>, NodeOptionsValidator>();
        services.TryAddSingleton(provider => NodeOptions.CreateIdentity(
            provider.GetRequiredService<IOptions<NodeOptions>>().Value, provider.GetRequiredService<TimeProvider>()));

        return services
            .AddSingleton<NodeLeaseService>()
            .AddHostedService(provider => provider.GetRequiredService<NodeLeaseService>())
            .AddSingleton<InterruptedCalls>()
            .AddHostedService(provider => provider.GetRequiredService<InterruptedCalls>())
            .AddSingleton<TenantRemoval>()
            .AddSingleton<IIncomingGrainCallFilter, WriteFaultFilter>();
    }

    private static bool HasClustering(IConfiguration configuration) =>
        configuration["Orleans:Clustering:ProviderType"] is not null || !string.IsNullOrEmpty(configuration["Silo:ClusterId"]);
}
