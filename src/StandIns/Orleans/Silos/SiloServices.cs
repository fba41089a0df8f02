using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>The services of a silo.</summary>
internal static class SiloServices
{
    public static void AddSilo(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Silo>();
        services.AddSingleton<ILocalSiloDetails>(provider => provider.GetRequiredService<Silo>());
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<Silo>().Grains);
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Silo>().Grains);
        services.AddScoped<IGrainContext>(_ => Activation.Current
            ?? throw new InvalidOperationException("A grain context is available to grains only."));
        services.AddHostedService<SiloHostedService>();
    }
}
