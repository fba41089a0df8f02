using TekSipCloud.Contracts;
using TekSipCloud.Storage.Extensions;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Grains.Tests;

public sealed class WriteFaultTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task A_grain_whose_write_failed_reads_storage_again()
    {
        var tenant = await silo.NewTenant();
        await ChangeBehindItsBack<TenantDocument>(
            tenant.Value, ConfigKeys.Tenant, stored => stored with { Tenant = stored.Tenant with { Name = "changed" } });

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Tenant(tenant).Change(new(Name: "mine"), WriteCondition.None).Soon());

        Assert.Contains("leaves memory", Assert.Single(silo.Errors.Lines), StringComparison.Ordinal);
        silo.Errors.Clear();
        Assert.Equal("changed", (await silo.Tenant(tenant).Get().Soon()).Value?.Value.Name);
        Assert.Null((await silo.Tenant(tenant).Change(new(Name: "mine"), WriteCondition.None).Soon()).Problem);
    }

    [Fact]
    public async Task An_extension_is_changed_as_it_is_stored()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "101");
        var seen = (await extension.Get().Soon()).Value!.ETag;
        await ChangeBehindItsBack<ExtensionDocument>(
            tenant.Value, "extension|101", stored => stored with { Ha1Md5 = new string('0', 32) });

        Assert.Equal(
            ProblemKind.Changed, (await extension.Save(new() { Username = "101" }, null, WriteCondition.IfMatch(seen)).Soon()).Problem?.Kind);
        Assert.Null((await extension.Save(new() { Username = "101" }, null, WriteCondition.None).Soon()).Problem);

        Assert.All((await extension.GetCredentials().Soon())!.Ha1Md5, octet => Assert.Equal(0, octet));
    }

    private async Task ChangeBehindItsBack<T>(string tenant, string key, Func<T, T> change)
    {
        var config = silo.Get<ConfigRows>();
        var row = await config.Find<T>(tenant, key);
        var transaction = new ConfigTransaction(tenant);
        transaction.Put(key, change(row!.Value), row);
        await config.Commit(transaction);
    }
}
