using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Recordings;
using TekSipCloud.Storage.Tenants;
using TekSipCloud.Testing;

namespace TekSipCloud.Storage.Tests.Recordings;

/// <summary>Recordings in storage: kept once, found by tenant, time and number, heard in parts, removed whole.</summary>
public sealed class RecordingStoreTests(StorageFixture storage, AzuriteFixture azurite) : IClassFixture<StorageFixture>
{
    private readonly RecordingStore _store = storage.Get<RecordingStore>();
    private readonly TenantId _tenant = Samples.NewTenant();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_kept_is_found_and_heard_by_its_tenant_alone()
    {
        var recording = await Keep(Samples.Noon, "audio");
        var stranger = Samples.NewTenant();

        Assert.Equal(recording, await _store.Find(_tenant, recording.Call, Cancel));
        Assert.Equal("audio", await Hear(_tenant, recording.Call));
        Assert.Null(await _store.Find(stranger, recording.Call, Cancel));
        Assert.Null(await _store.Open(stranger, recording.Call, Cancel));
        Assert.False(await _store.Delete(stranger, recording.Call, Cancel));
        Assert.Empty((await _store.List(stranger, new(), new(), Cancel)).Items);
    }

    [Fact]
    public async Task Keeping_it_again_changes_nothing()
    {
        var recording = await Keep(Samples.Noon, "the first");

        await Keep(_store, recording, "another");

        Assert.Equal("the first", await Hear(_tenant, recording.Call));
        Assert.Single((await _store.List(_tenant, new(), new(), Cancel)).Items);
    }

    [Fact]
    public async Task Audio_that_was_not_entered_is_nowhere_listed_and_can_be_dropped()
    {
        var recording = new Recording { Call = Guid.CreateVersion7(Samples.Noon), Tenant = _tenant, Started = Samples.Noon, Caller = "101", Callee = "102" };
        await _store.KeepAudio(recording, Text("x"), Cancel);

        Assert.Empty((await _store.List(_tenant, new(), new(), Cancel)).Items);
        await _store.DropAudio(recording, Cancel);
        await _store.DropAudio(recording, Cancel);

        Assert.Null(await _store.Open(_tenant, recording.Call, Cancel));
    }

    [Fact]
    public async Task Those_of_many_calls_are_entered_at_once()
    {
        var all = Enumerable.Range(0, 60).Select(minute => Samples.Noon.AddMinutes(minute)).Select(started => new Recording
        {
            Call = Guid.CreateVersion7(started),
            Tenant = _tenant,
            Started = started,
            Caller = "101",
            Callee = "102",
        }).ToArray();

        await _store.Enter(all);

        Assert.Equal(all.Reverse(), (await _store.List(_tenant, new(), new(Limit: 100), Cancel)).Items);
        Assert.Equal(60, (await _store.List(_tenant, new(Number: "102"), new(Limit: 100), Cancel)).Items.Length);
    }

    [Fact]
    public async Task They_are_listed_latest_first_page_by_page_by_time_and_by_number()
    {
        var all = new List<Recording>();
        for (var day = 0; day < 5; day++)
            all.Add(await Keep(Samples.Noon.AddDays(day), "x", caller: day % 2 == 0 ? "101" : "103"));
        all.Reverse();

        var first = await _store.List(_tenant, new(), new(Limit: 2), Cancel);
        var second = await _store.List(_tenant, new(), new(first.Cursor, 2), Cancel);
        var third = await _store.List(_tenant, new(), new(second.Cursor, 2), Cancel);
        Assert.Equal(all, [.. first.Items, .. second.Items, .. third.Items]);
        Assert.Null(third.Cursor);

        var (from, to) = (Samples.Noon.AddDays(1), Samples.Noon.AddDays(3));
        Assert.Equal(all[2..4], (await _store.List(_tenant, new(from, to), new(), Cancel)).Items);
        Assert.Equal([all[1], all[3]], (await _store.List(_tenant, new(Number: "103"), new(), Cancel)).Items);
        Assert.Equal([all[3]], (await _store.List(_tenant, new(from, to, "103"), new(), Cancel)).Items);
        Assert.Equal(5, (await _store.List(_tenant, new(Number: "102"), new(), Cancel)).Items.Length);
        Assert.Empty((await _store.List(_tenant, new(Number: "10"), new(), Cancel)).Items);
    }

    [Fact]
    public async Task A_cursor_that_was_made_up_finds_nothing_and_breaks_nothing()
    {
        await Keep(Samples.Noon, "x");

        Assert.Empty((await _store.List(_tenant, new(), new("a/b#c"), Cancel)).Items);
        Assert.Empty((await _store.List(_tenant, new(Number: "101"), new("~"), Cancel)).Items);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_from_every_list_and_its_audio_too()
    {
        var (gone, left) = (await Keep(Samples.Noon, "a"), await Keep(Samples.Noon.AddHours(1), "b"));

        Assert.True(await _store.Delete(_tenant, gone.Call, Cancel));

        Assert.False(await _store.Delete(_tenant, gone.Call, Cancel));
        Assert.Null(await _store.Open(_tenant, gone.Call, Cancel));
        Assert.Equal([left], (await _store.List(_tenant, new(), new(), Cancel)).Items);
        Assert.Equal([left], (await _store.List(_tenant, new(Number: "101"), new(), Cancel)).Items);
    }

    [Fact]
    public async Task With_the_tenant_go_its_recordings_and_nobody_elses()
    {
        var neighbour = new TenantId($"{_tenant}-2");
        var (own, other) = (await Keep(Samples.Noon, "a"), await Keep(Samples.Noon, "b", tenant: neighbour));

        await storage.Get<TenantErasure>().Erase(_tenant);

        Assert.Null(await _store.Find(_tenant, own.Call, Cancel));
        Assert.Null(await _store.Open(_tenant, own.Call, Cancel));
        Assert.Empty((await _store.List(_tenant, new(Number: "101"), new(), Cancel)).Items);
        Assert.Equal("b", await Hear(neighbour, other.Call));
    }

    [Fact]
    public async Task Where_the_container_was_removed_the_next_attempt_makes_it_and_a_tenant_can_still_go()
    {
        var account = new StorageOptions { ConnectionString = azurite.ConnectionString, TablePrefix = AzuriteFixture.UniqueName()[..20] };
        var blobs = new StorageBlobs(Options.Create(account), TimeProvider.System);
        var store = new RecordingStore(storage.Get<StorageTables>(), blobs, NullLogger<RecordingStore>.Instance);
        var container = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient(account.TablePrefix + "recordings");
        var started = Samples.Noon;
        var recording = new Recording { Call = Guid.CreateVersion7(started), Tenant = _tenant, Started = started, Caller = "101", Callee = "102" };
        await Keep(store, recording, "x");
        await container.DeleteIfExistsAsync(cancellationToken: Cancel);

        await Assert.ThrowsAsync<RequestFailedException>(() => store.KeepAudio(recording, Text("y"), Cancel));
        await Keep(store, recording, "y");
        Assert.NotNull(await store.Open(_tenant, recording.Call, Cancel));

        await container.DeleteIfExistsAsync(cancellationToken: Cancel);
        await store.Erase(_tenant);
        Assert.False(await store.HasAny(_tenant));
    }

    private async Task<Recording> Keep(DateTimeOffset started, string audio, string caller = "101", TenantId? tenant = null)
    {
        var recording = new Recording
        {
            Call = Guid.CreateVersion7(started),
            Tenant = tenant ?? _tenant,
            Started = started.AddSeconds(3),
            Duration = TimeSpan.FromSeconds(61),
            Bytes = audio.Length,
            Caller = caller,
            CallerName = "Ada",
            Callee = "102",
            CutShort = "The disk is full.",
        };
        await Keep(_store, recording, audio);
        return recording;
    }

    private static async Task Keep(RecordingStore store, Recording recording, string audio)
    {
        await store.KeepAudio(recording, Text(audio), Cancel);
        await store.Enter([recording]);
    }

    private async Task<string> Hear(TenantId tenant, Guid call)
    {
        using var reader = new StreamReader(Assert.IsType<Stream>(await _store.Open(tenant, call, Cancel), exactMatch: false));
        return await reader.ReadToEndAsync(Cancel);
    }

    private static MemoryStream Text(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}
