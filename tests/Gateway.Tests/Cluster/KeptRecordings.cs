using System.Collections.Concurrent;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>Recordings that reached storage; only what gateways ask is there.</summary>
internal sealed class KeptRecordings : IRecordings
{
    private readonly ConcurrentDictionary<Guid, byte[]> _audio = new();
    private int _refused;

    public ConcurrentQueue<(Recording Recording, byte[] Audio)> All { get; } = new();

    /// <summary>Storage is away.</summary>
    public bool IsDown { get; set; }

    /// <summary>Why it can't take anything.</summary>
    public string? Obstacle { get; set; }

    /// <summary>How often it was asked while it was away.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Its tables are away; audio it takes.</summary>
    public bool AreTablesDown { get; set; }

    /// <summary>How many were entered at once, time by time.</summary>
    public ConcurrentQueue<int> Entered { get; } = new();

    public async Task KeepAudio(Recording recording, Stream audio, CancellationToken cancel)
    {
        Ask(IsDown);
        var copy = new MemoryStream();
        await audio.CopyToAsync(copy, cancel);
        _audio[recording.Call] = copy.ToArray();
    }

    /// <summary>Calls whose audio was taken away again.</summary>
    public ConcurrentQueue<Guid> Dropped { get; } = new();

    public Task DropAudio(Recording recording, CancellationToken cancel)
    {
        Ask(IsDown);
        Assert.True(_audio.TryRemove(recording.Call, out _));
        Dropped.Enqueue(recording.Call);
        return Task.CompletedTask;
    }

    public Task Enter(IReadOnlyCollection<Recording> recordings)
    {
        Ask(IsDown || AreTablesDown);
        if (recordings.Count > 0)
            Entered.Enqueue(recordings.Count);
        foreach (var recording in recordings)
            All.Enqueue((recording, _audio[recording.Call]));
        return Task.CompletedTask;
    }

    public Task<Page<Recording>> List(TenantId tenant, CallQuery query, PageRequest page, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Recording?> Find(TenantId tenant, Guid call, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Stream?> Open(TenantId tenant, Guid call, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> Delete(TenantId tenant, Guid call, CancellationToken cancel) => throw new NotSupportedException();

    private void Ask(bool isDown)
    {
        if (!isDown)
            return;

        Interlocked.Increment(ref _refused);
        throw new TimeoutException("The storage does not answer.");
    }
}
