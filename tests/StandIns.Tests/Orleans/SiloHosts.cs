using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Hosts of one cluster in this process, joined by the official development clustering.</summary>
internal sealed class SiloHosts : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];
    private int[] _ports = [];

    public IHost this[int silo] => _hosts[silo];

    public static async Task<SiloHosts> Start(int count, Action<ISiloBuilder>? configure = null)
    {
        var hosts = new SiloHosts();
        hosts._ports = FreePorts.Tcp(count);
        foreach (var port in hosts._ports)
            await hosts.Add(port, configure ?? (_ => { }));

        return hosts;
    }

    public static IHost Build(int port, int primaryPort, Action<ISiloBuilder> configure, Action<IServiceCollection>? earlier = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        earlier?.Invoke(builder.Services);
        builder.UseOrleans(silo =>
        {
            var primary = new IPEndPoint(IPAddress.Loopback, primaryPort);
            silo.UseLocalhostClustering(port, 0, primary, "contracts", "contracts");
            silo.AddMemoryGrainStorageAsDefault();
            configure(silo);
        });
        return builder.Build();
    }

    public IGrainFactory Grains(int silo) => _hosts[silo].Services.GetRequiredService<IGrainFactory>();

    public SiloAddress Address(int silo) => _hosts[silo].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public Task Stop(int silo) => _hosts[silo].StopAsync().Soon();

    /// <summary>Starts a new host where a stopped one was.</summary>
    public async Task Restart(int silo)
    {
        _hosts[silo].Dispose();
        _hosts[silo] = Build(_ports[silo], _ports[0], _ => { });
        await _hosts[silo].StartAsync().Soon();
    }

    /// <summary>Stops without grace, as InProcessTestCluster kills a silo.</summary>
    public Task Kill(int silo) => _hosts[silo].StopAsync(new CancellationToken(canceled: true)).Soon();

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync().Soon();
            host.Dispose();
        }
    }

    private async Task Add(int port, Action<ISiloBuilder> configure)
    {
        var host = Build(port, _ports[0], configure);
        _hosts.Add(host);
        await host.StartAsync().Soon();
    }
}
