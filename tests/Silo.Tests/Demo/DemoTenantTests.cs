using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains;
using TekSipCloud.Silo.Demo;
using TekSipCloud.Storage;
using TekSipCloud.Testing;

namespace TekSipCloud.Silo.Tests.Demo;

/// <summary>The demo tenant is made once, whole, and never over somebody's changes.</summary>
public sealed class DemoTenantTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly string _dataFolder = Path.Combine(Path.GetTempPath(), AzuriteFixture.UniqueName("teksip"));
    private IHost? _host;

    private ITenantGrain Tenant => Get<IGrainFactory>().GetGrain<ITenantGrain>(DemoTenant.Id.Value);

    public async ValueTask InitializeAsync()
    {
        var port = FreePorts.Tcp();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = azurite.ConnectionString,
            ["Storage:TablePrefix"] = AzuriteFixture.UniqueName()[..20],
            ["Storage:DataFolder"] = _dataFolder,
        });
        builder.AddStorage();
        builder.AddGrains();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(port, 0, new IPEndPoint(IPAddress.Loopback, port)));
        _host = builder.Build();
        await _host.StartAsync().WaitAsync(Deadline);
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.StopAsync().WaitAsync(Deadline);
        _host.Dispose();
        Directory.Delete(_dataFolder, recursive: true);
    }

    [Fact]
    public async Task Everything_is_in_the_tables_and_every_call_is_found()
    {
        await Make();

        var tenant = (await Tenant.Get()).Value!.Value;
        Assert.Equal(DemoTenant.Name, tenant.Name);
        Assert.Equal(DemoDialPlan.Pbx.Name, tenant.Settings.VoiceMailDestination);
        Assert.Equal(DemoHistory.Calls, await CountCalls());
        Assert.Equal(42, await CountExtensions());
    }

    [Fact]
    public async Task A_tenant_that_was_made_is_left_to_its_owner()
    {
        await Make();
        await Tenant.Change(new TenantChange("Ours now"), WriteCondition.None);
        await Extension("100").Delete(WriteCondition.None);

        await Make();

        Assert.Equal("Ours now", (await Tenant.Get()).Value!.Value.Name);
        Assert.Equal(41, await CountExtensions());
    }

    [Fact]
    public async Task One_that_was_interrupted_is_made_anew()
    {
        await Make();
        await Tenant.Change(new TenantChange(DemoTenant.UnfinishedName), WriteCondition.None);
        await Extension("100").Delete(WriteCondition.None);

        await Make();

        Assert.Equal(DemoTenant.Name, (await Tenant.Get()).Value!.Value.Name);
        Assert.Equal(42, await CountExtensions());
        Assert.Equal(DemoHistory.Calls, await CountCalls());
    }

    private T Get<T>() where T : notnull => _host!.Services.GetRequiredService<T>();

    private Task Make() =>
        ActivatorUtilities.CreateInstance<DemoTenant>(_host!.Services).Make(CancellationToken.None).WaitAsync(Deadline);

    private IExtensionGrain Extension(string username) =>
        Get<IGrainFactory>().GetGrain<IExtensionGrain>(new ExtensionKey(DemoTenant.Id, username).ToString());

    private async Task<int> CountExtensions()
    {
        var page = new PageRequest(Limit: 1000);
        return (await Get<IExtensionList>().List(DemoTenant.Id, page, CancellationToken.None)).Items.Length;
    }

    private async Task<int> CountCalls()
    {
        var count = 0;
        string? cursor = null;
        do
        {
            var wanted = new PageRequest(cursor, 1000);
            var page = await Get<ICallHistory>().List(DemoTenant.Id, new CallQuery(), wanted, CancellationToken.None);
            count += page.Items.Length;
            cursor = page.Cursor;
        }
        while (cursor is not null);

        return count;
    }
}
