using Azure.Data.Tables;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>The forms that a connection string may have.</summary>
public sealed class ConnectionStringTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Key = "c2VjcmV0";

    public static TheoryData<string, string, string> Forms() => new()
    {
        { "UseDevelopmentStorage=true", "devstoreaccount1", "http://127.0.0.1:10002/devstoreaccount1" },
        { "UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://host", "devstoreaccount1", "http://host:10002/devstoreaccount1" },
        { $"AccountName=a;AccountKey={Key};EndpointSuffix=core.windows.net", "a", "https://a.table.core.windows.net/" },
        { $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={Key};EndpointSuffix=x.y", "a", "http://a.table.x.y/" },
        { $"AccountName=a;AccountKey={Key};TableEndpoint=http://127.0.0.1:7/a", "a", "http://127.0.0.1:7/a" },
        { $"accountname=a;ACCOUNTKEY={Key}; TableEndpoint = http://127.0.0.1:7/a ;", "a", "http://127.0.0.1:7/a" },
        { "TableEndpoint=https://a.table.core.windows.net;SharedAccessSignature=sv=1&sig=2", "a", "https://a.table.core.windows.net/" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_connection_string_names_account_and_endpoint(string connectionString, string account, string endpoint)
    {
        var service = new TableServiceClient(connectionString);

        Assert.Equal((account, new Uri(endpoint)), (service.AccountName, service.Uri));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AccountName=a")]
    [InlineData("AccountName=a;AccountKey=c2VjcmV0")]
    [InlineData("TableEndpoint=http://127.0.0.1:7/a")]
    [InlineData("UseDevelopmentStorage=false")]
    public void An_incomplete_connection_string_is_refused_without_its_secrets(string connectionString)
    {
        var failure = Assert.ThrowsAny<Exception>(() => new TableServiceClient(connectionString));

        Assert.IsNotType<NullReferenceException>(failure);
        Assert.DoesNotContain(Key, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_connection_string_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => new TableServiceClient(""));

    [Fact]
    public async Task A_connection_string_with_a_signature_opens_the_account()
    {
        var connectionString = $"TableEndpoint={Azurite.TableEndpoint};SharedAccessSignature={SharedAccessSignature.Create("rwdlau")}";

        await new TableClient(connectionString, Table.Name).AddEntityAsync(new TableEntity("p", "r"));

        Assert.True((await Table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }
}
