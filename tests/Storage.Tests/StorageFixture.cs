using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TekSipCloud.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace TekSipCloud.Storage.Tests;

/// <summary>Storage as the product has it, on a real Azurite, in tables and a folder of its own.</summary>
public sealed class StorageFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private IHost? _host;

    public IServiceProvider Services => _host!.Services;

    public FakeClock Clock { get; } = new();

    public string DataFolder { get; } = Path.Combine(Path.GetTempPath(), AzuriteFixture.UniqueName("teksip"));

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = azurite.ConnectionString,
            ["Storage:TablePrefix"] = AzuriteFixture.UniqueName()[..20],
            ["Storage:DataFolder"] = DataFolder,
        });
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddStorage();
        _host = builder.Build();
        await _host.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }

        if (Directory.Exists(DataFolder))
            Directory.Delete(DataFolder, recursive: true);
    }
}
