using Microsoft.Extensions.Options;

namespace TekSipCloud.Storage.Tests.Recordings;

/// <summary>Accounts with and without a blob service, by their connection strings.</summary>
public sealed class BlobAccountTests
{
    private const string Account = "AccountName=one;AccountKey=c2VjcmV0LW9mLXRoZS1hY2NvdW50;";

    [Theory]
    [InlineData("TableEndpoint=http://127.0.0.1:10002/one")]
    [InlineData("TableEndpoint=https://one.documents.example")]
    public void An_account_of_tables_alone_is_one_that_says_which_setting_recordings_lack(string endpoints)
    {
        var blobs = Open(Account + endpoints);

        Assert.Contains("Storage:ConnectionString", blobs.Obstacle, StringComparison.Ordinal);
        Assert.Contains("BlobEndpoint", blobs.Obstacle, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", blobs.Obstacle, StringComparison.Ordinal);
        Assert.Equal(blobs.Obstacle, Assert.Throws<InvalidOperationException>(() => blobs.Recordings.Client).Message);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData(Account + "TableEndpoint=http://127.0.0.1:10002/one;BlobEndpoint=http://127.0.0.1:10000/one")]
    [InlineData(Account + "EndpointSuffix=core.example.net")]
    public void An_account_with_blobs_is_in_nobodys_way(string connection) => Assert.Null(Open(connection).Obstacle);

    private static StorageBlobs Open(string connection) => new(Options.Create(new StorageOptions { ConnectionString = connection }), TimeProvider.System);
}
