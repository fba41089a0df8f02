using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TekSipCloud.Storage;
using TekSipCloud.Testing;

namespace TekSipCloud.Grains.Tests;

/// <summary>Silos of one cluster as the product builds them, over tables and a data folder of their own.</summary>
internal sealed class SiloHosts(AzuriteFixture azurite) : IAsyncDisposable
{
    private readonly string _dataFolder = Path.Combine(Path.GetTempPath(), AzuriteFixture.UniqueName("teksip"));
    private readonly string _prefix = AzuriteFixture.UniqueName()[..20];
    private readonly int _primaryPort = FreePorts.Tcp();
    private readonly Dictionary<string, IHost> _hosts = [];

    public ErrorLog Errors { get; } = new();

    public T Get<T>(string node) where T : notnull => _hosts[node].Services.GetRequiredService<T>();

    public IGrainFactory Grains(string node) => Get<IGrainFactory>(node);

    /// <summary>Starts a node; the first one is the cluster's primary.</summary>
    public async Task Start(string node)
    {
        var port = _hosts.Count == 0 ? _primaryPort : FreePorts.Tcp();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = azurite.ConnectionString,
            ["Storage:TablePrefix"] = _prefix,
            ["Storage:DataFolder"] = _dataFolder,
            ["Node:Name"] = node,
        });
        builder.Logging.AddProvider(Errors);
        builder.AddStorage();
        builder.AddGrains();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(port, 0, new IPEndPoint(IPAddress.Loopback, _primaryPort)));

        var host = builder.Build();
        await host.StartAsync().Soon();
        _hosts.Add(node, host);
    }

    /// <summary>Stops a node cleanly and starts it again: what is in memory is gone.</summary>
    public async Task Restart(string node)
    {
        await Stop(node);
        await Start(node);
    }

    public async Task Stop(string node)
    {
        _hosts.Remove(node, out var host);
        await host!.StopAsync().Soon();
        host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _hosts.Keys.Reverse().ToList())
            await Stop(node);

        Directory.Delete(_dataFolder, recursive: true);
        Errors.AssertNone();
    }
}
