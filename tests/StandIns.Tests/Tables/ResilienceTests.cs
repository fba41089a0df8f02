using Azure;
using Azure.Core;
using Azure.Data.Tables;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>A service that is busy, broken or silent.</summary>
public sealed class ResilienceTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(408)]
    [InlineData(429)]
    public async Task A_busy_service_is_asked_again(int status)
    {
        await using var gateway = await FaultyGateway.Start(Azurite.TableEndpoint, status, status);

        var response = await Through(gateway).UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });

        Assert.Equal((204, 3), (response.Status, gateway.Requests.Count));
        Assert.Equal(1, (await Read<TableEntity>("p", "r")).GetInt32("A"));
        Assert.All(gateway.Requests, authorization => Assert.StartsWith("SharedKeyLite ", authorization, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_transaction_is_sent_again_whole()
    {
        await using var gateway = await FaultyGateway.Start(Azurite.TableEndpoint, 503, 503);

        var response = await Through(gateway).SubmitTransactionAsync(Enumerable.Range(0, 3)
            .Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"r{i}"))));

        Assert.Equal((3, 3), (response.Value.Count, gateway.Requests.Count));
        Assert.Equal(3, await Table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task A_page_is_asked_for_again()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));
        await using var gateway = await FaultyGateway.Start(Azurite.TableEndpoint, 503);

        Assert.Equal(1, await Through(gateway).QueryAsync<TableEntity>("RowKey eq 'r'").CountAsync());
    }

    [Fact]
    public async Task A_service_that_stays_busy_fails_with_its_status()
    {
        await using var gateway = await FaultyGateway.Start(Azurite.TableEndpoint, 503, 503, 503, 503, 503);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Through(gateway).UpsertEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((503, 4), (failure.Status, gateway.Requests.Count));
    }

    [Fact]
    public async Task A_refusal_is_not_asked_again()
    {
        await using var gateway = await FaultyGateway.Start(Azurite.TableEndpoint, 400);

        await Assert.ThrowsAsync<RequestFailedException>(() => Through(gateway).UpsertEntityAsync(new TableEntity("p", "r")));

        Assert.Single(gateway.Requests);
    }

    [Fact]
    public async Task A_request_can_be_cancelled_while_the_service_is_silent()
    {
        await using var gateway = await FaultyGateway.Start(Azurite.TableEndpoint, FaultyGateway.Silence);
        using var cancel = new CancellationTokenSource();

        var write = Through(gateway).UpsertEntityAsync(new TableEntity("p", "r"), cancellationToken: cancel.Token);
        await gateway.Silenced.Task.WaitAsync(Patience);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_query_can_be_cancelled_by_its_reader()
    {
        await using var gateway = await FaultyGateway.Start(Azurite.TableEndpoint, FaultyGateway.Silence);
        using var cancel = new CancellationTokenSource();

        var read = Through(gateway).QueryAsync<TableEntity>().ToListAsync(cancel.Token).AsTask();
        await gateway.Silenced.Task.WaitAsync(Patience);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_request_that_was_cancelled_before_is_never_sent()
    {
        await using var gateway = await FaultyGateway.Start(Azurite.TableEndpoint);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Through(gateway).UpsertEntityAsync(new TableEntity("p", "r"), cancellationToken: new CancellationToken(true)));

        Assert.Empty(gateway.Requests);
    }

    private TableClient Through(FaultyGateway gateway)
    {
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1), Mode = RetryMode.Fixed, MaxRetries = 3 } };
        var credential = new TableSharedKeyCredential(AzuriteFixture.AccountName, AzuriteFixture.AccountKey);
        return new TableClient(gateway.Endpoint, Table.Name, credential, options);
    }
}
