using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>Tables as such.</summary>
public sealed class TableServiceTests(AzuriteFixture azurite)
{
    private readonly TableServiceClient _service = new(azurite.ConnectionString);
    private readonly string _name = AzuriteFixture.UniqueName();

    [Fact]
    public async Task Creating_a_table_if_it_does_not_exist_says_whether_it_did()
    {
        var table = _service.GetTableClient(_name);

        var first = await table.CreateIfNotExistsAsync();
        var second = await table.CreateIfNotExistsAsync();

        Assert.Equal((204, 409), (first.GetRawResponse().Status, second.GetRawResponse().Status));
        Assert.Equal((_name, _name), (first.Value.Name, second.Value.Name));
    }

    [Fact]
    public async Task Creating_a_table_twice_is_a_conflict()
    {
        await _service.CreateTableAsync(_name);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _service.CreateTableAsync(_name));

        Assert.Equal(409, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.TableAlreadyExists, failure.ErrorCode);
        Assert.Equal(409, (await _service.CreateTableIfNotExistsAsync(_name)).GetRawResponse().Status);
    }

    [Fact]
    public async Task A_deleted_table_is_gone_with_its_entities()
    {
        var table = _service.GetTableClient(_name);
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(204, (await _service.DeleteTableAsync(_name)).Status);

        Assert.Equal(404, (await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).GetRawResponse().Status);
        Assert.Empty(await _service.QueryAsync(TableServiceClient.CreateQueryFilter($"TableName eq {_name}")).ToListAsync());
    }

    [Fact]
    public async Task Deleting_a_missing_table_answers_404_without_an_exception()
    {
        Assert.Equal(404, (await _service.DeleteTableAsync(_name)).Status);
        Assert.Equal(404, (await _service.GetTableClient(_name).DeleteAsync()).Status);
    }

    [Fact]
    public async Task Tables_are_listed_page_by_page()
    {
        string[] names = [$"{_name}a", $"{_name}b", $"{_name}c"];
        foreach (var name in names)
            await _service.CreateTableAsync(name);

        var filter = TableServiceClient.CreateQueryFilter($"TableName ge {names[0]} and TableName le {names[2]}");
        var pages = await _service.QueryAsync(filter, maxPerPage: 2).AsPages().ToListAsync();

        Assert.Equal([2, 1], pages.Select(page => page.Values.Count));
        Assert.Equal(names, pages.SelectMany(page => page.Values).Select(table => table.Name));
    }

    [Fact]
    public async Task A_formattable_filter_is_escaped()
    {
        await _service.CreateTableAsync(_name);
        FormattableString filter = $"TableName eq {_name} and TableName ne {"' or true or '"}";

        Assert.Equal(_name, Assert.Single(await _service.QueryAsync(filter).ToListAsync()).Name);
    }

    [Fact]
    public void A_client_knows_its_account_and_address()
    {
        var table = _service.GetTableClient(_name);

        Assert.Equal((AzuriteFixture.AccountName, azurite.TableEndpoint), (_service.AccountName, _service.Uri));
        Assert.Equal((AzuriteFixture.AccountName, _name), (table.AccountName, table.Name));
        Assert.Equal(new Uri($"{azurite.TableEndpoint}/{_name}"), table.Uri);
    }
}
