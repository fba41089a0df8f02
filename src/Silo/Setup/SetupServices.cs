namespace TekSipCloud.Silo.Setup;

/// <summary>Composition of what is done once at start.</summary>
internal static class SetupServices
{
    public static IServiceCollection AddSetup(this IServiceCollection services)
    {
        services.AddOptions<SetupOptions>().BindConfiguration(SetupOptions.Section);
        services.AddSingleton<FirstRun>();
        services.AddSingleton<Demo.DemoTenant>();
        services.AddSingleton<SetupReadiness>();
        services.AddSingleton<Contracts.Nodes.IReadinessCheck>(s => s.GetRequiredService<SetupReadiness>());
        return services.AddHostedService<SetupService>();
    }
}
