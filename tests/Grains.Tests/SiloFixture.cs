using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace TekSipCloud.Grains.Tests;

/// <summary>One silo, node <c>a</c>, that the tests of a class share; each test uses a tenant of its own.</summary>
public sealed class SiloFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    public const string Node = "a";

    private static int _tenants;

    private readonly SiloHosts _hosts = new(azurite);

    public IGrainFactory Grains => _hosts.Grains(Node);

    public ErrorLog Errors => _hosts.Errors;

    public T Get<T>() where T : notnull => _hosts.Get<T>(Node);

    public Task Restart() => _hosts.Restart(Node);

    public async ValueTask InitializeAsync() => await _hosts.Start(Node);

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    /// <summary>Makes a tenant whose domain is <c>id.example</c>.</summary>
    public async Task<TenantId> NewTenant(TenantSettings? settings = null)
    {
        var id = new TenantId($"tenant-{Interlocked.Increment(ref _tenants)}");
        var made = await Tenant(id).Create(new NewTenant("", [$"{id}.example"], null, settings)).Soon();
        Assert.Null(made.Problem);
        return id;
    }

    /// <summary>Makes an extension with the password <c>secret-</c> and its name.</summary>
    public async Task<IExtensionGrain> NewExtension(TenantId tenant, string username)
    {
        var grain = Extension(tenant, username);
        var made = await grain.Save(new Extension { Username = username }, $"secret-{username}", Contracts.WriteCondition.Create).Soon();
        Assert.Null(made.Problem);
        return grain;
    }

    public ITenantGrain Tenant(TenantId tenant) => Grains.GetGrain<ITenantGrain>(tenant.Value);

    public IExtensionGrain Extension(TenantId tenant, string username) =>
        Grains.GetGrain<IExtensionGrain>(new ExtensionKey(tenant, username).ToString());

    /// <summary>Ends every idle activation, so that the next call reads storage.</summary>
    public Task ForgetAll() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero).Soon();
}
