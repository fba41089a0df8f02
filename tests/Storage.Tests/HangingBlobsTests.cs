using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Recordings;
using TekSipCloud.Storage.Sounds;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Networks;

namespace TekSipCloud.Storage.Tests;

/// <summary>A blob service that takes connections and answers nothing: whoever asks it is told so in bounded time.</summary>
public sealed class HangingBlobsTests : IClassFixture<StorageFixture>, IDisposable
{
    /// <summary>Four attempts of a second and the pauses between them, on a machine that is busy.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly SilentServer _service = new();
    private readonly RecordingStore _recordings;
    private readonly SoundStore _sounds;
    private readonly TenantId _tenant = Samples.NewTenant();

    public HangingBlobsTests(StorageFixture storage, AzuriteFixture azurite)
    {
        var options = new StorageOptions { ConnectionString = _service.Account(azurite.TableEndpoint.ToString()), BlobTimeout = TimeSpan.FromSeconds(1) };
        var blobs = new StorageBlobs(Options.Create(options), TimeProvider.System);
        _recordings = new(storage.Get<StorageTables>(), blobs, NullLogger<RecordingStore>.Instance);
        _sounds = new(blobs);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_000_000)]
    public async Task An_upload_of_a_recording_is_given_up(int bytes)
    {
        var started = TimeProvider.System.GetUtcNow();
        var recording = new Recording { Call = Guid.CreateVersion7(started), Tenant = _tenant, Started = started, Caller = "101", Callee = "102" };
        using var audio = new MemoryStream(new byte[bytes]);

        // By the client library's own time-out, attempt by attempt.
        await GivesUp<Exception>(() => _recordings.KeepAudio(recording, audio, Cancel));

        Assert.Null(await _recordings.Find(_tenant, recording.Call, Cancel));
    }

    [Fact]
    public Task Who_wants_to_hear_a_recording_is_told() =>
        GivesUp<TimeoutException>(() => _recordings.Open(_tenant, Guid.CreateVersion7(), Cancel));

    [Fact]
    public async Task Who_uploads_hears_or_deletes_a_sound_is_told()
    {
        var id = Guid.CreateVersion7();

        await GivesUp<TimeoutException>(() => _sounds.Keep(_tenant, id, new byte[1000], Cancel));
        await GivesUp<TimeoutException>(() => _sounds.Open(_tenant, id, Cancel));
        await GivesUp<TimeoutException>(() => _sounds.Delete(_tenant, id, Cancel));
    }

    private static async Task GivesUp<T>(Func<Task> ask) where T : Exception
    {
        var began = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<T>(() => ask().WaitAsync(Bound + Bound, Cancel));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromMilliseconds(900), Bound);
    }
}
