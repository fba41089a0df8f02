using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using TekSipCloud.Testing;
using static Azure.Data.Tables.TableTransactionActionType;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>All or nothing.</summary>
public sealed class TransactionTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [Fact]
    public async Task Keys_of_any_text_are_read_as_they_were_written_with_columns_and_without()
    {
        const string partition = "a \"b\" 'c' <d>&+%|~ é😀";
        TableEntity[] rows = [.. new[] { "", "\"", "''", "1|2", "é", "😀\"", "~ <&>+`%" }
            .SelectMany(key => new[] { new TableEntity(partition, key), new TableEntity(partition, key + " ") { ["A"] = "\"", ["B"] = 2L } })];

        await Table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(UpsertReplace, row)));

        var read = await Table.QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(
            rows.Select(row => (row.PartitionKey, row.RowKey, row.GetString("A"), row.GetInt64("B"))).Order(),
            read.Select(row => (row.PartitionKey, row.RowKey, row.GetString("A"), row.GetInt64("B"))).Order());
    }

    [Fact]
    public async Task Every_action_is_answered_in_its_place_with_the_version_it_made()
    {
        var response = await Table.SubmitTransactionAsync(Enumerable.Range(0, 5).Select(i => Action(Add, $"r{i}", i)));

        Assert.Equal((202, 5), (response.GetRawResponse().Status, response.Value.Count));
        for (var i = 0; i < 5; i++)
            Assert.Equal((await Read<TableEntity>("p", $"r{i}")).ETag, response.Value[i].Headers.ETag);
    }

    [Fact]
    public async Task Every_kind_of_action_takes_effect()
    {
        foreach (var row in new[] { "merged", "replaced", "deleted", "upmerged", "upreplaced" })
            await Table.AddEntityAsync(new TableEntity("p", row) { ["Old"] = 1 });

        var response = await Table.SubmitTransactionAsync(
        [
            Action(Add, "added", 2), Action(UpdateMerge, "merged", 2), Action(UpdateReplace, "replaced", 2),
            Action(Delete, "deleted"), Action(UpsertMerge, "upmerged", 2), Action(UpsertReplace, "upreplaced", 2),
        ]);

        Assert.All(response.Value, answer => Assert.Equal(204, answer.Status));
        var rows = await Table.QueryAsync<TableEntity>().ToDictionaryAsync(e => e.RowKey, e => (e.GetInt32("Old"), e.GetInt32("Value")));
        Assert.Equal(
            new Dictionary<string, (int?, int?)>
            {
                ["added"] = (null, 2),
                ["merged"] = (1, 2),
                ["replaced"] = (null, 2),
                ["upmerged"] = (1, 2),
                ["upreplaced"] = (null, 2),
            },
            rows);
    }

    [Fact]
    public async Task A_refused_action_is_named_and_none_takes_effect()
    {
        await Table.AddEntityAsync(new TableEntity("p", "taken"));

        var failure = await Refused([Action(Add, "a"), Action(Add, "b"), Action(Add, "taken"), Action(Add, "c")]);

        Assert.Equal((409, 2), (failure.Status, failure.FailedTransactionActionIndex));
        Assert.True(failure.ErrorCode == TableErrorCode.EntityAlreadyExists, failure.ErrorCode);
        Assert.Equal(["taken"], await Rows());
    }

    [Fact]
    public async Task An_older_version_refuses_the_transaction()
    {
        var old = (await Table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag!.Value;
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["Value"] = 1 });

        var failure = await Refused([Action(Add, "a"), new(UpdateReplace, new TableEntity("p", "r"), old)]);

        Assert.Equal((412, 1), (failure.Status, failure.FailedTransactionActionIndex));
        Assert.True(failure.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied, failure.ErrorCode);
        Assert.Equal(["r"], await Rows());
    }

    [Fact]
    public async Task The_version_read_lets_the_transaction_pass()
    {
        var version = (await Table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag!.Value;

        var response = await Table.SubmitTransactionAsync([new(UpdateReplace, new TableEntity("p", "r") { ["Value"] = 2 }, version)]);

        Assert.NotEqual(version, response.Value[0].Headers.ETag);
        Assert.Equal(2, (await Read<TableEntity>("p", "r")).GetInt32("Value"));
    }

    [Fact]
    public async Task Deleting_a_missing_entity_refuses_the_transaction()
    {
        var failure = await Refused([Action(Add, "a"), Action(Delete, "missing")]);

        Assert.Equal((404, 1), (failure.Status, failure.FailedTransactionActionIndex));
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task A_hundred_actions_are_a_transaction()
    {
        await Table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(i => Action(Add, $"r{i:D3}", i)));

        Assert.Equal(100, (await Rows()).Count);
    }

    [Fact]
    public async Task A_hundred_and_one_actions_are_refused()
    {
        var failure = await Refused(Enumerable.Range(0, 101).Select(i => Action(Add, $"r{i:D3}", i)));

        Assert.Equal(400, failure.Status);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task Two_partitions_are_refused()
    {
        var failure = await Refused([Action(Add, "a"), new(Add, new TableEntity("q", "b"))]);

        Assert.Equal((400, 1), (failure.Status, failure.FailedTransactionActionIndex));
        Assert.True(failure.ErrorCode == TableErrorCode.CommandsInBatchActOnDifferentPartitions, failure.ErrorCode);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task The_same_row_twice_is_refused()
    {
        var failure = await Refused([Action(Add, "a"), Action(UpsertMerge, "a")]);

        Assert.Equal((400, 1), (failure.Status, failure.FailedTransactionActionIndex));
        Assert.True(failure.ErrorCode == TableErrorCode.InvalidDuplicateRow, failure.ErrorCode);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task No_action_is_no_transaction() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.SubmitTransactionAsync([]));

    [Fact]
    public async Task A_transaction_of_more_than_four_mebibytes_is_refused()
    {
        var text = new string('x', 30_000);
        var entities = Enumerable.Range(0, 50).Select(i => new TableEntity("p", $"r{i}") { ["A"] = text, ["B"] = text, ["C"] = text });

        var failure = await Refused(entities.Select(e => new TableTransactionAction(Add, e)));

        Assert.True(failure.ErrorCode == TableErrorCode.ContentLengthExceeded, failure.ErrorCode);
    }

    [Fact]
    public async Task An_entity_over_a_limit_is_named()
    {
        var failure = await Refused([Action(Add, "a"), new(Add, new TableEntity("p", "b") { ["Big"] = new byte[70_000] })]);

        Assert.Equal(1, failure.FailedTransactionActionIndex);
        Assert.True(failure.ErrorCode == TableErrorCode.PropertyValueTooLarge, failure.ErrorCode);
        Assert.Empty(await Rows());
    }

    [Theory]
    [InlineData("o'clock's")]
    [InlineData("grüße 你好 😀")]
    [InlineData("a b+c&d=e%20\"{}")]
    public async Task Keys_may_have_every_character_that_is_allowed(string key)
    {
        await Table.AddEntityAsync(new TableEntity(key, key));

        await Table.SubmitTransactionAsync(
        [
            new(UpdateMerge, new TableEntity(key, key) { ["Value"] = 3 }, ETag.All),
            new(Add, new TableEntity(key, key + "2") { ["Value"] = 4 }),
        ]);

        Assert.Equal([3, 4], await Table.QueryAsync<TableEntity>().Select(e => e.GetInt32("Value")!.Value).ToListAsync());
    }

    [Fact]
    public async Task An_entity_of_its_own_type_can_be_part()
    {
        await Table.SubmitTransactionAsync([new(UpsertReplace, new Customer { Name = "Ada", Balance = 7 })]);

        var read = await Read<Customer>("p", "r");
        Assert.Equal(("Ada", 7L), (read.Name, read.Balance));
    }

    private static TableTransactionAction Action(TableTransactionActionType type, string row, int value = 0) =>
        new(type, new TableEntity("p", row) { ["Value"] = value });

    private Task<TableTransactionFailedException> Refused(IEnumerable<TableTransactionAction> actions) =>
        Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(actions));

    private async Task<List<string>> Rows() => await Table.QueryAsync<TableEntity>().Select(e => e.RowKey).ToListAsync();
}
