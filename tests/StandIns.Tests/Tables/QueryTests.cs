using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>Reads of many entities.</summary>
public sealed class QueryTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const int ServicePageSize = 1000;

    [Fact]
    public async Task All_rows_are_read_across_the_services_pages_and_in_order()
    {
        await Fill(ServicePageSize + 234);

        var rows = await Table.QueryAsync<TableEntity>().Select(e => e.RowKey).ToListAsync();

        Assert.Equal(Enumerable.Range(0, ServicePageSize + 234).Select(Row), rows);
    }

    [Fact]
    public async Task A_page_has_at_most_as_many_rows_as_the_service_gives()
    {
        await Fill(ServicePageSize + 1);

        var sizes = await Table.QueryAsync<TableEntity>().AsPages().Select(page => page.Values.Count).ToListAsync();

        Assert.Equal([ServicePageSize, 1], sizes);
    }

    [Fact]
    public async Task A_page_has_at_most_as_many_rows_as_the_query_says()
    {
        await Fill(7);

        var sizes = await Table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages().Select(page => page.Values.Count).ToListAsync();

        Assert.Equal([3, 3, 1], sizes);
    }

    [Fact]
    public async Task The_readers_page_size_comes_before_the_querys()
    {
        await Fill(4);

        var pages = Table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages(pageSizeHint: 2);

        Assert.Equal([2, 2], await pages.Select(page => page.Values.Count).ToListAsync());
    }

    [Fact]
    public async Task A_continuation_token_resumes_another_query_after_the_page()
    {
        await Fill(5);
        var first = await Table.QueryAsync<TableEntity>().AsPages(pageSizeHint: 2).FirstAsync();

        var rest = await Table.QueryAsync<TableEntity>().AsPages(first.ContinuationToken, 10).ToListAsync();

        Assert.NotNull(first.ContinuationToken);
        Assert.Equal([Row(2), Row(3), Row(4)], Assert.Single(rest).Values.Select(e => e.RowKey));
        Assert.Null(rest[0].ContinuationToken);
    }

    [Fact]
    public async Task A_continuation_token_survives_keys_with_spaces_and_unicode()
    {
        foreach (var row in new[] { "a b", "b ü 你", "c 😀 d" })
            await Table.AddEntityAsync(new TableEntity("p q ü", row));

        var pages = await Table.QueryAsync<TableEntity>().AsPages(pageSizeHint: 1).ToListAsync();

        Assert.Equal(["a b", "b ü 你", "c 😀 d"], pages.SelectMany(page => page.Values).Select(e => e.RowKey));
    }

    [Fact]
    public async Task Only_selected_columns_are_read()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });

        var read = await Table.QueryAsync<TableEntity>(select: ["B"]).FirstAsync();

        Assert.Equal((2, false), (read.GetInt32("B"), read.ContainsKey("A")));
    }

    [Fact]
    public async Task A_query_that_finds_nothing_has_one_empty_page()
    {
        var pages = await Table.QueryAsync<Customer>("PartitionKey eq 'nobody'").AsPages().ToListAsync();

        Assert.Empty(Assert.Single(pages).Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_size_that_the_service_lacks_is_refused(int size)
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table.QueryAsync<TableEntity>(maxPerPage: size).AsPages().FirstAsync().AsTask());

        Assert.Equal(400, failure.Status);
    }

    [Fact]
    public async Task A_malformed_filter_is_refused()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table.QueryAsync<TableEntity>("Name eq eq 1").ToListAsync().AsTask());

        Assert.Equal(400, failure.Status);
    }

    [Fact]
    public async Task A_missing_table_is_named_by_its_code()
    {
        var missing = new TableClient(Azurite.ConnectionString, AzuriteFixture.UniqueName());

        var query = await Assert.ThrowsAsync<RequestFailedException>(() => missing.QueryAsync<TableEntity>().ToListAsync().AsTask());
        var add = await Assert.ThrowsAsync<RequestFailedException>(() => missing.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((404, 404), (query.Status, add.Status));
        Assert.True(query.ErrorCode == TableErrorCode.TableNotFound, query.ErrorCode);
        Assert.True(add.ErrorCode == TableErrorCode.TableNotFound, add.ErrorCode);
    }

    private static string Row(int number) => number.ToString("D5", CultureInfo.InvariantCulture);

    private async Task Fill(int count)
    {
        foreach (var rows in Enumerable.Range(0, count).Chunk(100))
        {
            await Table.SubmitTransactionAsync(
                rows.Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", Row(i)))));
        }
    }
}
