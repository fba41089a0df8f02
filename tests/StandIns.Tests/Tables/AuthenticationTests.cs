using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>Each way to show who asks. Azurite checks signatures as the service does.</summary>
public sealed class AuthenticationTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string WrongKey = "d3Jvbmcga2V5IHdyb25nIGtleSB3cm9uZyBrZXkgd3Jvbmc=";

    private static readonly Uri Cloud = new("https://example.table.core.windows.net");

    private readonly RecordingHandler _network = new();

    [Fact]
    public async Task The_accounts_key_opens_the_account()
    {
        var credential = new TableSharedKeyCredential(AzuriteFixture.AccountName, AzuriteFixture.AccountKey);
        var service = new TableServiceClient(Azurite.TableEndpoint, credential);
        var table = new TableClient(Azurite.TableEndpoint, Table.Name, credential);

        Assert.Equal(204, (await table.UpsertEntityAsync(new TableEntity("p", "r"))).Status);
        Assert.NotEmpty(await service.QueryAsync().ToListAsync());
    }

    [Fact]
    public async Task Another_key_does_not()
    {
        var credential = new TableSharedKeyCredential(AzuriteFixture.AccountName, WrongKey);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => new TableClient(Azurite.TableEndpoint, Table.Name, credential).UpsertEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(403, failure.Status);
        Assert.DoesNotContain(WrongKey, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_can_be_replaced_while_clients_use_it()
    {
        var credential = new TableSharedKeyCredential(AzuriteFixture.AccountName, WrongKey);
        var table = new TableClient(Azurite.TableEndpoint, Table.Name, credential);

        credential.SetAccountKey(AzuriteFixture.AccountKey);

        Assert.Equal(204, (await table.UpsertEntityAsync(new TableEntity("p", "r"))).Status);
    }

    [Fact]
    public async Task A_signature_covers_the_date_and_the_encoded_path_of_the_resource()
    {
        var table = new TableClient(Cloud, "Config", new TableSharedKeyCredential("example", WrongKey), Options());

        await table.UpsertEntityAsync(new TableEntity("o'clock", "ü"));

        // "Authorize with Shared Key": StringToSign = Date \n CanonicalizedResource, for Shared Key Lite of the Table service.
        var request = Assert.Single(_network.Requests);
        var date = Assert.Single(request.Headers.GetValues("x-ms-date"));
        var text = $"{date}\n/example/Config(PartitionKey='o%27%27clock',RowKey='%C3%BC')";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(WrongKey), Encoding.UTF8.GetBytes(text)));
        Assert.Equal($"SharedKeyLite example:{signature}", Assert.Single(request.Headers.GetValues("Authorization")));
    }

    [Fact]
    public async Task Signatures_are_right_when_many_requests_are_signed_at_once()
    {
        var table = new TableClient(Cloud, "Config", new TableSharedKeyCredential("example", WrongKey), Options());

        await Parallel.ForAsync(0, 200, async (i, stop) => await table.UpsertEntityAsync(new TableEntity("p", $"r{i}"), cancellationToken: stop));

        Assert.Equal(200, _network.Requests.Count);
        Assert.All(_network.Requests, request =>
        {
            var text = $"{Assert.Single(request.Headers.GetValues("x-ms-date"))}\n/example{request.RequestUri!.AbsolutePath}";
            var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(WrongKey), Encoding.UTF8.GetBytes(text)));
            Assert.Equal($"SharedKeyLite example:{signature}", Assert.Single(request.Headers.GetValues("Authorization")));
        });
    }

    [Fact]
    public async Task A_shared_access_signature_opens_what_it_allows()
    {
        var credential = new AzureSasCredential(SharedAccessSignature.Create("rwdlau"));
        var service = new TableServiceClient(Azurite.TableEndpoint, credential);

        var table = service.GetTableClient(Table.Name);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r2"))]);

        Assert.Equal(2, await table.QueryAsync<TableEntity>("RowKey ge 'r'").CountAsync());
    }

    [Fact]
    public async Task A_shared_access_signature_opens_nothing_else()
    {
        var service = new TableServiceClient(Azurite.TableEndpoint, new AzureSasCredential(SharedAccessSignature.Create("r")));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => service.GetTableClient(Table.Name).AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(403, failure.Status);
    }

    [Fact]
    public async Task An_address_may_carry_the_table_and_the_signature()
    {
        var signature = SharedAccessSignature.Create("rwdlau");
        var byAddress = new TableClient(new Uri($"{Azurite.TableEndpoint}/{Table.Name}?{signature}"));
        var byCredential = new TableClient(new Uri($"{Azurite.TableEndpoint}/{Table.Name}"), new AzureSasCredential(signature));

        await byAddress.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal((Table.Name, Table.Name), (byAddress.Name, byCredential.Name));
        Assert.True((await byCredential.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
        Assert.NotEmpty(await new TableServiceClient(new Uri($"{Azurite.TableEndpoint}?{signature}")).QueryAsync().ToListAsync());
    }

    [Fact]
    public async Task A_token_is_asked_for_storage_and_sent()
    {
        var credential = DelegatedTokenCredential.Create(
            (context, _) => new AccessToken($"token for {context.Scopes[0]}", DateTimeOffset.MaxValue));
        var table = new TableServiceClient(Cloud, credential, Options()).GetTableClient("Config");

        await table.UpsertEntityAsync(new TableEntity("p", "r"));

        var authorization = Assert.Single(Assert.Single(_network.Requests).Headers.GetValues("Authorization"));
        Assert.Equal("Bearer token for https://storage.azure.com/.default", authorization);
    }

    [Fact]
    public async Task Requests_name_the_protocols_version()
    {
        var options = new TableClientOptions(TableClientOptions.ServiceVersion.V2019_02_02) { Transport = Options().Transport };
        var table = new TableClient(Cloud, "Config", new TableSharedKeyCredential("example", WrongKey), options);

        await table.DeleteEntityAsync("p", "r");

        var headers = Assert.Single(_network.Requests).Headers;
        Assert.Equal("2019-02-02", Assert.Single(headers.GetValues("x-ms-version")));
        Assert.Equal("*", Assert.Single(headers.GetValues("If-Match")));
    }

    private TableClientOptions Options() => new() { Transport = new HttpClientTransport(_network) };
}
