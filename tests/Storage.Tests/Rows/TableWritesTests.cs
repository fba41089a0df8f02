using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Testing;

namespace TekSipCloud.Storage.Tests.Rows;

public sealed class TableWritesTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Rows_of_many_partitions_and_of_more_than_a_transaction_arrive()
    {
        var table = await CreateTable();
        TableEntity[] rows = [.. Enumerable.Range(0, 450).Select(i => new TableEntity($"p{i % 3}", $"r{i:D4}") { ["N"] = i })];

        await new TableWrites(table, NullLogger.Instance).Put(rows);

        Assert.Equal(Enumerable.Range(0, 450), (await Read(table)).Select(row => row.GetInt32("N")!.Value).Order());
    }

    [Fact]
    public async Task A_row_that_storage_refuses_holds_up_no_other()
    {
        var table = await CreateTable();

        await new TableWrites(table, NullLogger.Instance).Put([new KeyRow("p", "a"), new KeyRow("p", "bad/key"), new KeyRow("p", "b")]);

        Assert.Equal(["a", "b"], (await Read(table)).Select(row => row.RowKey));
    }

    [Fact]
    public async Task What_is_gone_already_holds_up_no_deletion()
    {
        var table = await CreateTable();
        var writes = new TableWrites(table, NullLogger.Instance);
        await writes.Put([new KeyRow("p", "a"), new KeyRow("p", "b"), new KeyRow("p", "c")]);

        await writes.Delete([new KeyRow("p", "a"), new KeyRow("p", "nobody"), new KeyRow("p", "b")]);
        await writes.Delete([new KeyRow("p", "nobody")]);

        Assert.Equal("c", Assert.Single(await Read(table)).RowKey);
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_is_a_fault()
    {
        var away = new TableClient(
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:1/a;",
            "Calls",
            new TableClientOptions { Retry = { MaxRetries = 0 } });

        await Assert.ThrowsAnyAsync<Exception>(() => new TableWrites(away, NullLogger.Instance).Put([new KeyRow("p", "a"), new KeyRow("p", "b")]));
    }

    private async Task<TableClient> CreateTable()
    {
        var table = new TableClient(azurite.ConnectionString, AzuriteFixture.UniqueName());
        await table.CreateIfNotExistsAsync();
        return table;
    }

    private static async Task<List<TableEntity>> Read(TableClient table)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter: "", cancellationToken: TestContext.Current.CancellationToken))
            rows.Add(row);
        return rows;
    }
}
