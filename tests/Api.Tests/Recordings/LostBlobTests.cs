using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Sounds;
using TekSipCloud.Storage;
using TekSipCloud.Storage.Recordings;
using TekSipCloud.Storage.Sounds;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Networks;

namespace TekSipCloud.Api.Tests.Recordings;

/// <summary>Recordings and sounds that are listed, and whose audio is out of reach: its account lost the blob service, or that hangs (RFC 9457).</summary>
public sealed class LostBlobTests(Product product)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_blob_service_the_settings_are_named_and_what_is_listed_stays()
    {
        var (tenant, id) = await Recorded();
        await using var host = await StartOver($"AccountName={AzuriteFixture.AccountName};AccountKey={AzuriteFixture.AccountKey};TableEndpoint={product.TableEndpoint}");
        using var client = await Program(host, tenant);

        foreach (var (method, path) in ((string, string)[])
            [("GET", $"recordings/{id}/audio"), ("DELETE", $"recordings/{id}"), ("GET", "sounds/musicOnHold/audio")])
        {
            var problem = await (await client.Send(method, $"/api/v1/tenants/{tenant}/{path}")).Problem(409);
            Assert.Contains("Storage:ConnectionString", problem.Text("detail"), StringComparison.Ordinal);
        }

        Assert.Equal("101", (await client.GetJson($"/api/v1/tenants/{tenant}/recordings/{id}")).Text("caller"));
    }

    [Fact]
    public async Task While_the_blob_service_hangs_who_asks_is_told_in_time_to_come_back()
    {
        using var silent = new SilentServer();
        var (tenant, id) = await Recorded();
        await using var host = await StartOver(silent.Account(product.TableEndpoint));
        using var client = await Program(host, tenant);

        foreach (var (method, path) in ((string, string)[])
            [("GET", $"recordings/{id}/audio"), ("DELETE", $"recordings/{id}"), ("GET", "sounds/musicOnHold/audio")])
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await client.Send(method, $"/api/v1/tenants/{tenant}/{path}");
            await answer.Problem(503);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Bound);
        }

        using var music = new ByteArrayContent(product.Services.GetRequiredService<ISoundFiles>().ReadDefault(SoundKind.NotInService).Bytes);
        var refused = await client.PutAsync($"/api/v1/tenants/{tenant}/sounds/unavailable", music, Cancel);
        await refused.Problem(503);
        // Should some of it have arrived, it is found by the note.
        Assert.Contains(tenant, await product.NotedTenants());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/tenants/{tenant}/recordings", Cancel)).StatusCode);
    }

    /// <summary>A tenant with a recording and music of its own, kept while all was well.</summary>
    private async Task<(TenantId Tenant, Guid Call)> Recorded()
    {
        var tenant = await product.NewTenant();
        var now = TimeProvider.System.GetUtcNow();
        var recording = new Recording { Call = Guid.CreateVersion7(now), Tenant = tenant, Started = now, Caller = "101", Callee = "102" };
        var recordings = product.Services.GetRequiredService<IRecordings>();
        await recordings.KeepAudio(recording, new MemoryStream(new byte[1000]), Cancel);
        await recordings.Enter([recording]);
        var music = new Sound(SoundKind.MusicOnHold, Guid.CreateVersion7(now), "", TimeSpan.FromSeconds(1), 1000, now);
        await product.Services.GetRequiredService<ISounds>().Keep(tenant, music.Id, new byte[1000], Cancel);
        Assert.Null((await product.Grains.GetGrain<ITenantGrain>(tenant.Value).SetSound(music)).Problem);
        return (tenant, recording.Call);
    }

    private async Task<ApiHost> StartOver(string account)
    {
        var options = Options.Create(new StorageOptions { ConnectionString = account, BlobTimeout = TimeSpan.FromSeconds(1) });
        var blobs = new StorageBlobs(options, TimeProvider.System);
        return await product.StartHost(services => services
            .AddSingleton<IRecordings>(new RecordingStore(product.Services.GetRequiredService<StorageTables>(), blobs, NullLogger<RecordingStore>.Instance))
            .AddSingleton<ISounds>(new SoundStore(blobs))
            .AddSingleton(product.Services.GetRequiredService<ISoundNotes>())
            .AddSingleton(product.Services.GetRequiredService<IEventLog>())
            .AddSoundFiles());
    }

    private async Task<HttpClient> Program(ApiHost host, TenantId tenant)
    {
        var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = (await product.Program(tenant, Role.TenantAdmin)).DefaultRequestHeaders.Authorization;
        return client;
    }
}
