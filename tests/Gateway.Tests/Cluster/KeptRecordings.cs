using System.Collections.Concurrent;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>Recordings that reached storage; only what gateways ask is there.</summary>
internal sealed class KeptRecordings : IRecordings
{
    private int _refused;

    public ConcurrentQueue<(Recording Recording, byte[] Audio)> All { get; } = new();

    /// <summary>Storage is away.</summary>
    public bool IsDown { get; set; }

    /// <summary>Why it can't take anything.</summary>
    public string? Obstacle { get; set; }

    /// <summary>How often it was asked while it was away.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public async Task Keep(Recording recording, Stream audio, CancellationToken cancel)
    {
        if (IsDown)
        {
            Interlocked.Increment(ref _refused);
            throw new TimeoutException("The storage does not answer.");
        }

        var copy = new MemoryStream();
        await audio.CopyToAsync(copy, cancel);
        All.Enqueue((recording, copy.ToArray()));
    }

    public Task<Page<Recording>> List(TenantId tenant, CallQuery query, PageRequest page, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Recording?> Find(TenantId tenant, Guid call, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Stream?> Open(TenantId tenant, Guid call, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> Delete(TenantId tenant, Guid call, CancellationToken cancel) => throw new NotSupportedException();
}
