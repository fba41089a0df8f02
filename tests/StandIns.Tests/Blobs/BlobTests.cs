using System.Text;
using Azure;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TekSipCloud.StandIns.Tests.Tables;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Blobs;

/// <summary>Blobs by the official API, against Azurite.</summary>
public sealed class BlobTests : IAsyncLifetime
{
    private readonly AzuriteFixture _azurite;
    private readonly BlobContainerClient _container;

    public BlobTests(AzuriteFixture azurite)
    {
        _azurite = azurite;
        _container = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient(AzuriteFixture.UniqueName());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        Assert.NotNull(await _container.CreateIfNotExistsAsync(PublicAccessType.None, null, Cancel));

    public async ValueTask DisposeAsync() => await _container.DeleteIfExistsAsync(cancellationToken: Cancel);

    [Fact]
    public async Task A_container_is_made_once()
    {
        Assert.Null(await _container.CreateIfNotExistsAsync(PublicAccessType.None, null, Cancel));
        Assert.True((await _container.ExistsAsync(Cancel)).Value);
    }

    [Theory]
    [InlineData("plain.wav")]
    [InlineData("tenant/2026-01-02/a b+c%d#e?f&ü=.wav")]
    public async Task What_is_uploaded_is_downloaded_under_any_name(string name)
    {
        var blob = _container.GetBlobClient(name);

        await blob.UploadAsync(Text("hello"), Typed("audio/wav"), Cancel);

        var properties = (await blob.GetPropertiesAsync(cancellationToken: Cancel)).Value;
        Assert.Equal((5, "audio/wav"), (properties.ContentLength, properties.ContentType));
        Assert.Equal("hello", await Download(blob, default));
        Assert.Equal(name, Assert.Single(await List(null)).Name);
    }

    [Fact]
    public async Task What_is_long_travels_in_blocks_and_arrives_whole()
    {
        var content = new byte[1_000_001];
        Random.Shared.NextBytes(content);
        var blob = _container.GetBlobClient("long");
        var options = Typed("application/octet-stream");
        options.TransferOptions = new StorageTransferOptions { InitialTransferSize = 1000, MaximumTransferSize = 300_000 };

        await blob.UploadAsync(new MemoryStream(content), options, Cancel);

        await using var stream = await blob.OpenReadAsync(new BlobOpenReadOptions(false) { BufferSize = 65_536 }, Cancel);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        Assert.Equal(content, copy.ToArray());
        Assert.Equal("application/octet-stream", (await blob.GetPropertiesAsync(cancellationToken: Cancel)).Value.ContentType);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1)]
    public async Task What_may_not_replace_a_blob_does_not(long initialBytes)
    {
        var blob = _container.GetBlobClient("once");
        await blob.UploadAsync(Text("first"), overwrite: false, Cancel);
        var options = Typed("text/plain");
        options.Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All };
        options.TransferOptions = new StorageTransferOptions { InitialTransferSize = initialBytes };

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(Text("second"), options, Cancel));

        Assert.Equal((409, true), (refusal.Status, refusal.ErrorCode == BlobErrorCode.BlobAlreadyExists));
        Assert.Equal("first", await Download(blob, default));
    }

    [Fact]
    public async Task A_part_can_be_downloaded_and_one_behind_the_end_is_refused()
    {
        var blob = _container.GetBlobClient("parts");
        await blob.UploadAsync(Text("0123456789"), overwrite: true, Cancel);

        Assert.Equal("345", await Download(blob, new HttpRange(3, 3)));
        Assert.Equal("789", await Download(blob, new HttpRange(7)));
        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => Download(blob, new HttpRange(11, 1)));
        Assert.Equal(416, refusal.Status);
    }

    [Fact]
    public async Task A_stream_over_a_blob_can_be_sought_in_and_notices_another_content()
    {
        var blob = _container.GetBlobClient("sought");
        await blob.UploadAsync(Text("0123456789"), overwrite: true, Cancel);
        await using var stream = await blob.OpenReadAsync(new BlobOpenReadOptions(false) { BufferSize = 4 }, Cancel);
        var buffer = new byte[3];

        stream.Seek(-3, SeekOrigin.End);
        await stream.ReadExactlyAsync(buffer, Cancel);
        Assert.Equal("789"u8, buffer);
        stream.Position = 1;
        await stream.ReadExactlyAsync(buffer, Cancel);
        Assert.Equal("123"u8, buffer);

        await blob.UploadAsync(Text("another one"), overwrite: true, Cancel);
        stream.Position = 8;
        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => stream.ReadExactlyAsync(buffer.AsMemory(0, 1), Cancel).AsTask());
        Assert.Equal(412, refusal.Status);
    }

    [Fact]
    public async Task A_blob_is_deleted_once()
    {
        var blob = _container.GetBlobClient("gone");
        await blob.UploadAsync(Text("x"), overwrite: true, Cancel);

        Assert.True((await blob.DeleteIfExistsAsync(cancellationToken: Cancel)).Value);
        Assert.False((await blob.DeleteIfExistsAsync(cancellationToken: Cancel)).Value);
        Assert.False((await blob.ExistsAsync(Cancel)).Value);
        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => blob.GetPropertiesAsync(cancellationToken: Cancel));
        Assert.Equal((404, true), (refusal.Status, refusal.ErrorCode == BlobErrorCode.BlobNotFound));
        refusal = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DeleteAsync(cancellationToken: Cancel));
        Assert.Equal(404, refusal.Status);
    }

    [Fact]
    public async Task A_list_is_of_what_begins_so_page_by_page()
    {
        foreach (var name in (string[])["a/1", "a/2", "a/3", "b/1"])
            await _container.GetBlobClient(name).UploadAsync(Text(name), overwrite: true, Cancel);

        var pages = new List<string[]>();
        await foreach (var page in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, "a/", Cancel).AsPages(pageSizeHint: 2))
            pages.Add([.. page.Values.Select(blob => blob.Name)]);

        Assert.Equal([["a/1", "a/2"], ["a/3"]], pages);
        Assert.Equal(4, (await List("")).Count);
        Assert.All(await List("b/"), blob => Assert.Equal(3, blob.Properties.ContentLength));
    }

    [Fact]
    public async Task Another_key_opens_nothing()
    {
        const string wrong = "d3Jvbmcga2V5IHdyb25nIGtleSB3cm9uZyBrZXkgd3Jvbmc=";
        var service = new BlobServiceClient(_azurite.BlobEndpoint, new StorageSharedKeyCredential(AzuriteFixture.AccountName, wrong));

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(
            () => service.GetBlobContainerClient(_container.Name).GetBlobClient("x").UploadAsync(Text("x"), overwrite: true, Cancel));

        Assert.Equal(403, refusal.Status);
        Assert.DoesNotContain(wrong, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_asked_for_storage_and_sent()
    {
        var network = new RecordingHandler();
        var credential = Azure.Core.DelegatedTokenCredential.Create(
            (context, _) => new Azure.Core.AccessToken($"token for {context.Scopes[0]}", DateTimeOffset.MaxValue));
        var options = new BlobClientOptions { Transport = new HttpClientTransport(network) };
        var service = new BlobServiceClient(new Uri("https://example.blob.core.windows.net"), credential, options);
        options.Retry.MaxRetries = 0;

        _ = await Record.ExceptionAsync(() => service.GetBlobContainerClient("c").ExistsAsync(Cancel));

        var authorization = Assert.Single(network.Requests[0].Headers.GetValues("Authorization"));
        Assert.Equal("Bearer token for https://storage.azure.com/.default", authorization);
        Assert.Equal("example", service.AccountName);
    }

    [Theory]
    [InlineData("AccountName=a;AccountKey=a2V5")]
    [InlineData("AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/a")]
    [InlineData("BlobEndpoint=http://127.0.0.1:1/a")]
    public void A_connection_string_that_does_not_say_where_blobs_are_is_refused_without_its_key(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => new BlobServiceClient(text));

        Assert.DoesNotContain("a2V5", refusal.Message, StringComparison.Ordinal);
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static BlobUploadOptions Typed(string type) => new() { HttpHeaders = new BlobHttpHeaders { ContentType = type } };

    private static async Task<string> Download(BlobClient blob, HttpRange range)
    {
        using var result = (await blob.DownloadStreamingAsync(new BlobDownloadOptions { Range = range }, Cancel)).Value;
        using var reader = new StreamReader(result.Content);
        return await reader.ReadToEndAsync(Cancel);
    }

    private async Task<List<BlobItem>> List(string? prefix) =>
        await _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, Cancel).ToListAsync(Cancel);
}
