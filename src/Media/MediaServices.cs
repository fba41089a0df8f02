using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media;

/// <summary>Puts this library into a host.</summary>
public static class MediaServices
{
    /// <summary>
    /// Adds <see cref="MediaRelay"/>, <see cref="MediaMetrics"/> and <see cref="RelayOptions"/> bound to section
    /// <see cref="RelayOptions.Section"/>. Whoever opens the node's sockets calls <see cref="MediaRelay.Start"/>.
    /// </summary>
    public static IServiceCollection AddMediaRelay(this IServiceCollection services)
    {
        services.AddOptions<RelayOptions>().BindConfiguration(RelayOptions.Section).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<RelayOptions>, RelayOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MediaMetrics>();
        services.TryAddSingleton(provider => new MediaRelay(
            provider.GetRequiredService<IOptions<RelayOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<MediaMetrics>(),
            provider.GetRequiredService<ILogger<MediaRelay>>()));
        return services;
    }
}
