using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Copying;
using Orleans.Persistence;
using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Storage;

/// <summary>Storage in the cluster's memory. What is stored is a copy, with [Id] members only.</summary>
internal sealed class MemoryGrainStorage(IServiceProvider services, string name) : IGrainStorage
{
    private readonly Silo _silo = services.GetRequiredService<Silo>();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_silo.Cluster.Memory.TryGetValue(KeyOf(stateName, grainId), out var entry))
        {
            grainState.State = Copy((T)entry.State!);
            grainState.ETag = entry.ETag;
            grainState.RecordExists = true;
        }
        else
        {
            Empty(grainState);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var entry = new StoredState(Copy(grainState.State), NewETag());
        _silo.Cluster.Memory.AddOrUpdate(
            KeyOf(stateName, grainId),
            _ => grainState.ETag is null ? entry : throw Conflict(null, grainState.ETag),
            (_, stored) => stored.ETag == grainState.ETag ? entry : throw Conflict(stored.ETag, grainState.ETag));
        grainState.ETag = entry.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = KeyOf(stateName, grainId);
        if (_silo.Cluster.Memory.TryGetValue(key, out var stored)
            && (stored.ETag != grainState.ETag || !_silo.Cluster.Memory.TryRemove(KeyValuePair.Create(key, stored))))
            throw Conflict(stored.ETag, grainState.ETag);

        Empty(grainState);
        return Task.CompletedTask;
    }

    private static void Empty<T>(IGrainState<T> grainState)
    {
        grainState.State = EmptyState.New<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static string NewETag() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    private static InconsistentStateException Conflict(string? stored, string? current) =>
        new($"Etag mismatch: stored {stored ?? "none"}, expected {current ?? "none"}.", stored, current);

    private T Copy<T>(T state) => Copiers.Slot<T>().Copy(state, new CopyScope(_silo));

    private (string Storage, string State, GrainId Grain) KeyOf(string stateName, GrainId grain) => (name, stateName, grain);
}
