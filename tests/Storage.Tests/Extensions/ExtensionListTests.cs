using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Tests.Extensions;

public sealed class ExtensionListTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    [Fact]
    public async Task Extensions_are_listed_by_username_with_the_stamp_that_guards_their_change()
    {
        var tenant = Samples.NewTenant();
        var transaction = new ConfigTransaction(tenant.Value);
        transaction.Put(ConfigKeys.Of(ConfigKeys.Extensions, "102"), Samples.Extension("102"), null);
        var row = transaction.Put(ConfigKeys.Of(ConfigKeys.Extensions, "101"), Samples.Extension("101"), null);
        await storage.Get<ConfigRows>().Commit(transaction);

        var page = await storage.Get<IExtensionList>().List(tenant, new(Limit: 1), CancellationToken.None);

        Assert.Equal(("101", row.Stamp), (page.Items[0].Value.Username, page.Items[0].ETag));
        Assert.NotNull(page.Cursor);
    }
}
