using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Contracts.Sounds;

namespace TekSipCloud.Gateway.Sounds;

/// <summary>Composition of what is needed of sounds where no gateway is: processes that have the APIs alone.</summary>
public static class SoundServices
{
    /// <summary>Adds <see cref="ISoundFiles"/>.</summary>
    public static IServiceCollection AddSoundFiles(this IServiceCollection services) => services.AddSingleton<ISoundFiles, SoundFiles>();
}
