using Azure;
using TekSipCloud.Contracts;
using TekSipCloud.Storage.Extensions;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Testing;

namespace TekSipCloud.Storage.Tests.Rows;

public sealed class ConfigRowsTests(StorageFixture storage, AzuriteFixture azurite) : IClassFixture<StorageFixture>
{
    private readonly ConfigRows _rows = storage.Get<ConfigRows>();

    [Fact]
    public async Task A_row_is_read_as_it_was_written_with_a_stamp_of_its_own()
    {
        var tenant = Samples.NewTenant().Value;
        var key = ConfigKeys.Of(ConfigKeys.Extensions, "o'brien/ümit%");

        var written = await Put(tenant, key, Samples.Extension("o'brien/ümit%"), null);
        var read = await _rows.Find<ExtensionDocument>(tenant, key);

        Assert.Equal("o'brien/ümit%", read?.Value.Extension.Username);
        Assert.Equal(written.Stamp, read?.Stamp);
    }

    [Fact]
    public async Task Writing_over_a_row_that_somebody_else_changed_fails()
    {
        var tenant = Samples.NewTenant().Value;
        var first = await Put(tenant, "extension|1", Samples.Extension("1"), null);
        await Put(tenant, "extension|1", Samples.Extension("1"), first);

        var fault = await Assert.ThrowsAnyAsync<RequestFailedException>(
            () => Put(tenant, "extension|1", Samples.Extension("1"), first));

        Assert.Equal(412, fault.Status);
    }

    [Fact]
    public async Task A_row_can_be_replaced_again_and_again_by_its_owner()
    {
        var tenant = Samples.NewTenant().Value;
        var row = await Put(tenant, "extension|1", Samples.Extension("1"), null);
        var stamps = new HashSet<string> { row.Stamp };
        for (var i = 0; i < 5; i++)
            stamps.Add((row = await Put(tenant, "extension|1", Samples.Extension("1"), row)).Stamp);

        Assert.Equal(6, stamps.Count);
    }

    [Fact]
    public async Task A_transaction_happens_altogether_or_not_at_all()
    {
        var tenant = Samples.NewTenant().Value;
        await Put(tenant, "extension|2", Samples.Extension("2"), null);

        var transaction = new ConfigTransaction(tenant);
        transaction.Put("extension|1", Samples.Extension("1"), null);
        transaction.Put("extension|2", Samples.Extension("2"), null);
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => _rows.Commit(transaction));

        Assert.Null(await _rows.Find<ExtensionDocument>(tenant, "extension|1"));
    }

    [Fact]
    public async Task A_transaction_whose_answer_is_lost_is_done_once_and_counts_as_done()
    {
        await using var way = new LossyStorage(azurite.TableEndpoint);
        var rows = new ConfigRows(way.Open(storage));
        var tenant = Samples.NewTenant().Value;
        var gone = await Put(tenant, "extension|0", Samples.Extension("0"), null);
        var changed = await Put(tenant, "extension|1", Samples.Extension("1"), null);

        way.LoseAnswerTo("POST");
        var transaction = new ConfigTransaction(tenant);
        transaction.Delete(gone);
        changed = transaction.Put("extension|1", Samples.Extension("1"), changed);
        var added = transaction.Put("extension|2", Samples.Extension("2"), null);
        transaction.Audit(storage.Clock.GetUtcNow(), "saved", "extension|2");
        await rows.Commit(transaction);

        Assert.Equal(1, way.Lost);
        Assert.Null(await _rows.Find<ExtensionDocument>(tenant, "extension|0"));
        Assert.Equal(changed.Stamp, (await _rows.Find<ExtensionDocument>(tenant, "extension|1"))?.Stamp);
        // Their versions are known too: the next write over them is not taken for a conflict.
        await Put(tenant, "extension|1", Samples.Extension("1"), changed);
        await Put(tenant, "extension|2", Samples.Extension("2"), added);
    }

    [Fact]
    public async Task Pages_together_give_every_row_of_a_kind_once_in_order()
    {
        var tenant = Samples.NewTenant().Value;
        var usernames = Enumerable.Range(0, 25).Select(i => $"10{i:D2}").ToList();
        foreach (var username in usernames)
            await Put(tenant, ConfigKeys.Of(ConfigKeys.Extensions, username), Samples.Extension(username), null);
        await Put(tenant, ConfigKeys.Of(ConfigKeys.Destinations, "x"), Samples.Extension("x"), null);

        Assert.Equal(usernames, await ListAll(tenant, new PageRequest(Limit: 7)));
        Assert.Equal(usernames, await ListAll(tenant, new PageRequest(Limit: 25)));
        Assert.Equal(usernames[10..20], await ListAll(tenant, new PageRequest(Limit: 3, Prefix: "101")));
    }

    [Theory]
    [InlineData("ü")]
    [InlineData("o'")]
    [InlineData("*")]
    public async Task A_prefix_may_have_any_characters(string prefix)
    {
        var tenant = Samples.NewTenant().Value;
        string[] usernames = ["*8", "101", "o'brien", "ümit"];
        foreach (var username in usernames)
            await Put(tenant, ConfigKeys.Of(ConfigKeys.Extensions, username), Samples.Extension(username), null);

        Assert.StartsWith(prefix, Assert.Single(await ListAll(tenant, new PageRequest(Prefix: prefix))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("' or PartitionKey ne '")]
    [InlineData("\u0001")]
    public async Task A_cursor_that_no_list_made_is_at_the_end(string cursor)
    {
        var tenant = Samples.NewTenant().Value;
        await Put(tenant, "extension|1", Samples.Extension("1"), null);

        Assert.Empty(await ListAll(tenant, new PageRequest(cursor)));
    }

    [Fact]
    public async Task A_prefix_that_is_no_text_or_longer_than_a_key_finds_nothing()
    {
        var tenant = Samples.NewTenant().Value;
        await Put(tenant, "extension|1", Samples.Extension("1"), null);

        Assert.Empty(await ListAll(tenant, new PageRequest(Prefix: "\ud800")));
        Assert.Empty(await ListAll(tenant, new PageRequest(Prefix: new string('1', 10_000))));
    }

    [Fact]
    public async Task A_tenant_whose_id_begins_like_another_ones_sees_only_its_own()
    {
        var tenant = Samples.NewTenant().Value;
        await Put(tenant, "extension|1", Samples.Extension("1"), null);
        await Put(tenant + "-b", "extension|2", Samples.Extension("2"), null);

        Assert.Equal(["1"], await ListAll(tenant, new PageRequest()));
    }

    [Fact]
    public async Task A_value_longer_than_a_column_spans_several()
    {
        var tenant = Samples.NewTenant().Value;
        var name = new string('ö', 100_000);
        await Put(tenant, "extension|1", Samples.Extension(name), null);

        Assert.Equal(name, (await _rows.Find<ExtensionDocument>(tenant, "extension|1"))?.Value.Extension.Username);
    }

    private async Task<ConfigRow<ExtensionDocument>> Put(
        string tenant, string key, ExtensionDocument value, ConfigRow<ExtensionDocument>? previous)
    {
        var transaction = new ConfigTransaction(tenant);
        var row = transaction.Put(key, value, previous);
        transaction.Audit(storage.Clock.GetUtcNow(), "saved", key);
        await _rows.Commit(transaction);
        return row;
    }

    private async Task<List<string>> ListAll(string tenant, PageRequest request)
    {
        var all = new List<string>();
        for (var next = (PageRequest?)request; next is not null;)
        {
            var page = await _rows.ListPage<ExtensionDocument>(tenant, ConfigKeys.Extensions, next, CancellationToken.None);
            Assert.True(page.Items.Length <= request.Limit);
            all.AddRange(page.Items.Select(row => row.Value.Extension.Username));
            next = page.Cursor is null ? null : request with { Cursor = page.Cursor };
        }

        return all;
    }
}
