using TekSipCloud.Contracts;
using TekSipCloud.Storage.Extensions;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Grains.Tests;

public sealed class WriteFaultTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task A_grain_whose_write_failed_reads_storage_again()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "101");
        await ChangeBehindItsBack(tenant.Value, "extension|101");

        await Assert.ThrowsAnyAsync<Exception>(() => extension.Save(new() { Username = "101" }, null, WriteCondition.None).Soon());

        Assert.Contains("leaves memory", Assert.Single(silo.Errors.Lines), StringComparison.Ordinal);
        silo.Errors.Clear();
        Assert.Equal("changed", (await extension.Get().Soon()).Value?.Value.DisplayName);
        Assert.Null((await extension.Save(new() { Username = "101" }, null, WriteCondition.None).Soon()).Problem);
    }

    private async Task ChangeBehindItsBack(string tenant, string key)
    {
        var config = silo.Get<ConfigRows>();
        var row = await config.Find<ExtensionDocument>(tenant, key);
        var transaction = new ConfigTransaction(tenant);
        var changed = row!.Value with { Extension = row.Value.Extension with { DisplayName = "changed" } };
        transaction.Put(key, changed, row);
        await config.Commit(transaction);
    }
}
