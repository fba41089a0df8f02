using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>The product's own composition, with the edges of a script: sockets, clock, cluster.</summary>
internal static class ScriptServices
{
    /// <summary>The gateway's address: one that no other program of the machine has ports of.</summary>
    public static readonly string Address = $"127.{Random.Shared.Next(64, 250)}.{Random.Shared.Next(256)}.1";

    private const int FirstPort = 12_000;
    private const int PortsOfAll = 18_000;
    private static int _scripts;

    public static ServiceProvider Build(SipScript script, ErrorLog log, int mediaPorts, params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings(mediaPorts, settings)).Build());
        services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Error));
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(script.Clock);
        services.AddSingleton(new NodeIdentity(settings.FirstOrDefault(s => s.Name == "Node:Name").Value ?? "node-a", "1"));
        services.AddSingleton<IClusterKeys>(new FixedClusterKeys());
        services.AddSingleton<ISecretProtector>(script.Secrets);
        services.AddSingleton<IEventLog>(script.Events);
        services.AddSingleton<IRecordings>(script.Recordings);
        services.AddSingleton<ISounds>(script.Sounds);
        services.AddSingleton<IGrainFactory>(script.Grains);
        services.AddSingleton<ICallJournal>(script.Journal);
        services.AddSingleton<INodeLeases>(script.Leases);
        services.AddSingleton<ITenantDirectory>(script.Directory);
        services.AddSingleton<IRegistrationList>(script.Stored);
        services.AddSingleton<ISipResolver>(script.Names);
        services.AddSingleton<ISipFlows>(script.Flows);
        return services.AddSipGateway().BuildServiceProvider();
    }

    private static Dictionary<string, string?> Settings(int mediaPorts, (string Name, string Value)[] settings)
    {
        // Ports of its own for each script, since a port given back rests for a while.
        var first = FirstPort + (Interlocked.Increment(ref _scripts) * 64 % PortsOfAll);
        var all = new Dictionary<string, string?>
        {
            ["Gateway:Bind"] = Address,
            ["Gateway:Loops"] = "1",
            ["Gateway:TraceMegabytes"] = "1",
            ["Gateway:RtpPorts"] = $"{first}-{first + mediaPorts - 1}",
            ["Media:Loops"] = "1",
            ["Media:StockPairs"] = "2",
        };
        foreach (var (name, value) in settings)
            all[name] = value;

        return all;
    }
}
