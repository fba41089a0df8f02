using System.Collections.Concurrent;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>The tenants' sounds in storage; only what gateways ask is there.</summary>
internal sealed class KeptSounds : ISounds
{
    private readonly ConcurrentDictionary<(TenantId, Guid), byte[]> _all = new();
    private TaskCompletionSource _open = Opened();
    private int _asked;

    /// <summary>Storage is away: it refuses.</summary>
    public bool IsDown { get; set; }

    public string? Obstacle => null;

    /// <summary>How often one was asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public void Put(TenantId tenant, Guid id, byte[] file) => _all[(tenant, id)] = file;

    /// <summary>Storage does not answer until it is let.</summary>
    public void Hold() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Let() => _open.SetResult();

    public async Task<Stream?> Open(TenantId tenant, Guid id, CancellationToken cancel)
    {
        Interlocked.Increment(ref _asked);
        await _open.Task.WaitAsync(cancel);
        if (IsDown)
            throw new TimeoutException("The storage does not answer.");

        return _all.TryGetValue((tenant, id), out var file) ? new MemoryStream(file, writable: false) : null;
    }

    public Task Keep(TenantId tenant, Guid id, ReadOnlyMemory<byte> file, CancellationToken cancel) => throw new NotSupportedException();

    public Task Delete(TenantId tenant, Guid id, CancellationToken cancel) => throw new NotSupportedException();

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}
