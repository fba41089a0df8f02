using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Storage.Events;
using TekSipCloud.Storage.Extensions;
using TekSipCloud.Storage.Nodes;
using TekSipCloud.Storage.Recordings;
using TekSipCloud.Storage.Registrations;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Security;
using TekSipCloud.Storage.Sounds;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Storage;

/// <summary>Adds storage to a host.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds the tables, the keys and every list that Contracts promises. Call it before anything that starts with the
    /// host.
    /// </summary>
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddStorage(builder.Configuration);
        return builder;
    }

    /// <summary>The same for a bare service collection.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StorageTables>();
        services.AddSingleton<StorageBlobs>();
        services.AddHostedService<StoragePreparation>();

        services.AddSingleton<IReadinessCheck, StorageReadiness>();
        return services.AddRows().AddLists().AddKeys().AddEvents();
    }

    private static IServiceCollection AddRows(this IServiceCollection services) => services
        .AddSingleton<ConfigRows>()
        .AddSingleton<RegistrationRows>()
        .AddSingleton<DomainClaims>()
        .AddSingleton<TenantErasure>()
        .AddSingleton<TenantDirectory>()
        .AddSingleton<CallHistory>()
        .AddSingleton<OpenCalls>()
        .AddSingleton<RecordingStore>()
        .AddSingleton<SoundStore>()
        .AddSingleton<SoundNotes>()
        .AddSingleton<SoundSweep>()
        .AddSingleton<CallJournal>()
        .AddSingleton<ICallJournal>(provider => provider.GetRequiredService<CallJournal>())
        .AddSingleton<LiveNodes>();

    private static IServiceCollection AddLists(this IServiceCollection services) => services
        .AddSingleton<ITenantDirectory>(provider => provider.GetRequiredService<TenantDirectory>())
        .AddSingleton<ICallHistory>(provider => provider.GetRequiredService<CallHistory>())
        .AddSingleton<IRecordings>(provider => provider.GetRequiredService<RecordingStore>())
        .AddSingleton<ISounds>(provider => provider.GetRequiredService<SoundStore>())
        .AddSingleton<ISoundNotes>(provider => provider.GetRequiredService<SoundNotes>())
        .AddHostedService(provider => provider.GetRequiredService<SoundSweep>())
        .AddSingleton<IOpenCalls>(provider => provider.GetRequiredService<OpenCalls>())
        .AddSingleton<IExtensionList, ExtensionList>()
        .AddSingleton<IRegistrationList, RegistrationList>()
        .AddSingleton<INodeLeases, NodeLeases>();

    private static IServiceCollection AddKeys(this IServiceCollection services) => services
        .AddSingleton<ClusterKeys>()
        .AddSingleton<IClusterKeys>(provider => provider.GetRequiredService<ClusterKeys>())
        .AddSingleton<ISecretProtector, SecretProtector>();

    private static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<EventLog>()
        .AddSingleton<IEventLog>(provider => provider.GetRequiredService<EventLog>())
        .AddHostedService<EventWriter>();
}
