using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Testing;

namespace TekSipCloud.Storage.Tests.Rows;

public sealed class GroupCommitTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_thousand_writes_at_once_share_few_requests()
    {
        var (table, requests) = await CreateTable();
        var commit = new GroupCommit(table, NullLogger.Instance);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => commit.Put(Row($"{i:D4}", i))));

        Assert.Equal(1000, await Count(table));
        // The first goes alone; while it is on its way, the others gather in hundreds.
        Assert.InRange(requests.Count, 11, 40);
    }

    [Fact]
    public async Task Writes_of_one_row_keep_their_order()
    {
        var (table, _) = await CreateTable();
        var commit = new GroupCommit(table, NullLogger.Instance);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => commit.Put(Row("same", i))));

        Assert.Equal(49, (await table.GetEntityAsync<TableEntity>("p", "same")).Value.GetInt32("Number"));
    }

    [Fact]
    public async Task A_row_that_storage_refuses_fails_alone()
    {
        var (table, _) = await CreateTable();
        var commit = new GroupCommit(table, NullLogger.Instance);
        var writes = Enumerable.Range(0, 20).Select(i => commit.Put(Row(i == 7 ? "bad/key" : $"{i}", i))).ToList();

        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(writes).WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal([7], Enumerable.Range(0, 20).Where(i => writes[i].IsFaulted));
        Assert.Equal(19, await Count(table));
    }

    [Fact]
    public async Task Deleting_a_row_that_is_not_there_succeeds_alone_and_among_others()
    {
        var (table, _) = await CreateTable();
        var commit = new GroupCommit(table, NullLogger.Instance);

        await commit.Delete("p", "none");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => i == 5 ? commit.Delete("p", "none") : commit.Put(Row($"{i}", i))));

        Assert.Equal(9, await Count(table));
    }

    [Fact]
    public async Task A_table_that_is_gone_fails_every_waiting_write()
    {
        var (table, _) = await CreateTable();
        await table.DeleteAsync();
        var commit = new GroupCommit(table, NullLogger.Instance);

        var writes = Enumerable.Range(0, 5).Select(i => commit.Put(Row($"{i}", i))).ToList();

        await Assert.ThrowsAnyAsync<RequestFailedException>(() => Task.WhenAll(writes).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.All(writes, write => Assert.True(write.IsFaulted));
    }

    private static TableEntity Row(string key, int number) => new("p", key) { ["Number"] = number };

    private static async Task<int> Count(TableClient table)
    {
        var count = 0;
        await foreach (var _ in table.QueryAsync<TableEntity>("PartitionKey eq 'p'"))
            count++;

        return count;
    }

    private async Task<(TableClient Table, RequestCounter Requests)> CreateTable()
    {
        var counter = new RequestCounter();
        var options = new TableClientOptions();
        options.AddPolicy(counter, Azure.Core.HttpPipelinePosition.PerCall);
        var table = new TableServiceClient(azurite.ConnectionString, options).GetTableClient(AzuriteFixture.UniqueName());
        await table.CreateIfNotExistsAsync();
        return (table, counter);
    }
}
