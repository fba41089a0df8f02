using System.Diagnostics;
using System.Net;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage;
using TekSipCloud.Storage.Recordings;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Networks;

namespace TekSipCloud.Api.Tests.Tenants;

/// <summary>A tenant with recordings is removed whole or not at all, wherever its audio is (RFC 9457 problems, RFC 9110 §10.2.3).</summary>
public sealed class TenantRemovalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_blob_service_hangs_it_is_503_and_nothing_of_the_tenant_is_gone()
    {
        using var silent = new SilentServer();
        await using var product = new Product(azurite => Account(silent.Account(azurite.TableEndpoint.ToString())));
        var (client, path) = await Recorded(product);

        var began = Stopwatch.GetTimestamp();
        var answer = await client.DeleteAsync(path, Cancel);

        await answer.Problem(503);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await IsWhole(client, path);
    }

    [Fact]
    public async Task While_nothing_listens_where_the_blobs_were_it_is_503_too()
    {
        var nowhere = $"http://127.0.0.1:{FreePorts.Tcp()}/{AzuriteFixture.AccountName}";
        await using var product = new Product(azurite => Account(Tables(azurite) + $"BlobEndpoint={nowhere}"));
        var (client, path) = await Recorded(product);

        var answer = await client.DeleteAsync(path, Cancel);

        await answer.Problem(503);
        Assert.NotNull(answer.Headers.RetryAfter);
        await IsWhole(client, path);
    }

    [Fact]
    public async Task Where_the_account_has_no_blob_service_any_more_the_setting_is_named_and_the_tenant_stays()
    {
        await using var product = new Product(azurite => Account(Tables(azurite)));
        var (client, path) = await Recorded(product);

        var problem = await (await client.DeleteAsync(path, Cancel)).Problem(409);

        Assert.Contains("Storage:ConnectionString", problem.Text("detail"), StringComparison.Ordinal);
        await IsWhole(client, path);
        // Whoever has no audio needs no blob service.
        var other = await product.NewTenant();
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/tenants/{other}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Where_the_blobs_are_simply_gone_the_tenant_goes_too()
    {
        await using var product = new Product(_ => []);
        var (client, path) = await Recorded(product);
        var service = new BlobServiceClient(product.StorageAccount);
        foreach (var container in (string[])["recordings", "sounds"])
            Assert.True(await service.GetBlobContainerClient(container).DeleteIfExistsAsync(cancellationToken: Cancel));

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(path, Cancel)).StatusCode);

        await (await client.GetAsync(path, Cancel)).Problem(404);
    }

    private static async Task IsWhole(HttpClient client, string path)
    {
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path, Cancel)).StatusCode);
        Assert.Equal("101", (await client.GetJson($"{path}/recordings"))["items"]!.AsArray().Single()!.Text("caller"));
    }

    /// <summary>An operator, and the path of a tenant with a recording and music of its own, kept while all was well.</summary>
    private static async Task<(HttpClient Operator, string Path)> Recorded(Product product)
    {
        await product.InitializeAsync();
        var tenant = await product.NewTenant();
        var now = TimeProvider.System.GetUtcNow();
        var recording = new Recording { Call = Guid.CreateVersion7(now), Tenant = tenant, Started = now, Caller = "101", Callee = "102" };
        var well = new StorageBlobs(Options.Create(new StorageOptions { ConnectionString = product.StorageAccount }), TimeProvider.System);
        var store = new RecordingStore(product.Services.GetRequiredService<StorageTables>(), well, NullLogger<RecordingStore>.Instance);
        await store.KeepAudio(recording, new MemoryStream(new byte[1000]), Cancel);
        await store.Enter([recording]);
        var music = new Sound(SoundKind.MusicOnHold, Guid.CreateVersion7(now), "", TimeSpan.FromSeconds(1), 1000, now);
        await new Storage.Sounds.SoundStore(well).Keep(tenant, music.Id, new byte[1000], Cancel);
        Assert.Null((await product.Grains.GetGrain<ITenantGrain>(tenant.Value).SetSound(music)).Problem);
        return (await product.Operator(), $"/api/v1/tenants/{tenant}");
    }

    private static IEnumerable<KeyValuePair<string, string?>> Account(string account) =>
        [KeyValuePair.Create("Storage:ConnectionString", (string?)account), KeyValuePair.Create("Storage:BlobTimeout", (string?)"00:00:01")];

    private static string Tables(AzuriteFixture azurite) =>
        $"AccountName={AzuriteFixture.AccountName};AccountKey={AzuriteFixture.AccountKey};TableEndpoint={azurite.TableEndpoint};";
}
