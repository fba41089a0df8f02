using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>Writes and reads of single entities.</summary>
public sealed class EntityTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [Fact]
    public async Task An_added_entity_is_read_back_with_its_version_and_moment()
    {
        var added = await Table.AddEntityAsync(new TableEntity("p", "r") { ["Name"] = "Ada" });

        var read = await Read<TableEntity>("p", "r");
        Assert.Equal("Ada", read.GetString("Name"));
        Assert.Equal(added.Headers.ETag, read.ETag);
        Assert.NotNull(read.Timestamp);
    }

    [Fact]
    public async Task Adding_an_entity_twice_is_a_conflict()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(409, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.EntityAlreadyExists);
    }

    [Fact]
    public async Task A_merge_keeps_columns_it_does_not_mention()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });

        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 3 });

        var read = await Read<TableEntity>("p", "r");
        Assert.Equal((1, 3), (read.GetInt32("A"), read.GetInt32("B")));
    }

    [Fact]
    public async Task A_replacement_drops_columns_it_does_not_mention()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });

        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 3 }, TableUpdateMode.Replace);

        var read = await Read<TableEntity>("p", "r");
        Assert.Equal((null, 3), (read.GetInt32("A"), read.GetInt32("B")));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_upsert_of_a_missing_entity_adds_it(TableUpdateMode mode)
    {
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1 }, mode);

        Assert.Equal(1, (await Read<TableEntity>("p", "r")).GetInt32("A"));
    }

    [Fact]
    public async Task An_update_of_the_version_read_succeeds_and_gives_a_new_version()
    {
        var first = await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });

        var second = await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, first.Headers.ETag!.Value);

        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(second.Headers.ETag, (await Read<TableEntity>("p", "r")).ETag);
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_of_an_older_version_fails_and_changes_nothing(TableUpdateMode mode)
    {
        var old = (await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 })).Headers.ETag!.Value;
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2 });

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 3 }, old, mode));

        Assert.Equal(412, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied);
        Assert.Equal(2, (await Read<TableEntity>("p", "r")).GetInt32("A"));
    }

    [Fact]
    public async Task An_update_of_any_version_needs_the_entity()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All));

        Assert.Equal(404, failure.Status);
    }

    [Fact]
    public async Task An_update_needs_a_version() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Table.UpdateEntityAsync(new TableEntity("p", "r"), default));

    [Fact]
    public async Task Reading_a_missing_entity_fails_with_404()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Read<TableEntity>("p", "missing"));

        Assert.Equal(404, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.ResourceNotFound);
    }

    [Fact]
    public async Task Reading_an_entity_if_it_exists_says_when_it_does_not()
    {
        var response = await Table.GetEntityIfExistsAsync<TableEntity>("p", "missing");

        Assert.False(response.HasValue);
        Assert.Equal(404, response.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => response.Value);
    }

    [Fact]
    public async Task Reading_an_entity_if_it_exists_gives_it_when_it_does()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });

        var response = await Table.GetEntityIfExistsAsync<TableEntity>("p", "r");

        Assert.True(response.HasValue);
        Assert.Equal(1, response.Value!.GetInt32("A"));
    }

    [Fact]
    public async Task A_deleted_entity_is_gone()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));

        var response = await Table.DeleteEntityAsync("p", "r");

        Assert.Equal(204, response.Status);
        Assert.False((await Table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task Deleting_a_missing_entity_answers_404_without_an_exception() =>
        Assert.Equal(404, (await Table.DeleteEntityAsync("p", "missing")).Status);

    [Fact]
    public async Task Deleting_an_older_version_fails_and_keeps_the_entity()
    {
        var old = (await Table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag!.Value;
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2 });

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Table.DeleteEntityAsync("p", "r", old));

        Assert.Equal(412, failure.Status);
        Assert.True((await Table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task Only_selected_columns_are_read()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });

        var read = (await Table.GetEntityAsync<TableEntity>("p", "r", ["RowKey", "B"])).Value;

        Assert.Equal(("r", 2, false), (read.RowKey, read.GetInt32("B"), read.ContainsKey("A")));
    }

    [Theory]
    [InlineData("o'clock", "''")]
    [InlineData("a b+c&d=e,f;g:h@i", "100% (sure) [x] {y} $z!*~^|<>\"`")]
    [InlineData("grüße 你好", "😀 Ω")]
    [InlineData("", "")]
    [InlineData("..", "%27%2F")]
    public async Task Keys_may_have_every_character_that_is_allowed(string partition, string row)
    {
        await Table.AddEntityAsync(new TableEntity(partition, row) { ["A"] = 1 });
        await Table.UpdateEntityAsync(new TableEntity(partition, row) { ["A"] = 2 }, ETag.All);

        var read = await Read<TableEntity>(partition, row);
        Assert.Equal((partition, row, 2), (read.PartitionKey, read.RowKey, read.GetInt32("A")));
        Assert.Equal(204, (await Table.DeleteEntityAsync(partition, row)).Status);
    }
}
