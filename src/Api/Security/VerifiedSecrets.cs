using System.Collections.Concurrent;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Security;

/// <summary>Remembers for a while which secrets were right, by their keyed hashes, and lets checks of one secret run only once at a time.</summary>
/// <typeparam name="T">What a right secret stands for; a wrong one, null, is not remembered.</typeparam>
internal sealed class VerifiedSecrets<T>(TimeProvider clock, TimeSpan lifetime, int capacity)
    where T : class
{
    private readonly ConcurrentDictionary<string, Entry> _verified = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<Verdict<T>>>> _running = new(StringComparer.Ordinal);
    private int _generation;

    public T? Find(string hash) =>
        _verified.TryGetValue(hash, out var entry) && clock.GetElapsedTime(entry.At) < lifetime ? entry.Value : null;

    /// <summary>Asks once for all who wait for the same answer.</summary>
    public async Task<Verdict<T>> Check(TenantId tenant, string hash, Func<Task<Verdict<T>>> ask)
    {
        var generation = Volatile.Read(ref _generation);
        var running = _running.GetOrAdd(hash, _ => new Lazy<Task<Verdict<T>>>(ask));
        try
        {
            var verdict = await running.Value;

            // What was forgotten while we asked may have been right only before that.
            if (verdict.Value is { } value && generation == Volatile.Read(ref _generation))
                Remember(tenant, hash, value);
            return verdict;
        }
        finally
        {
            _running.TryRemove(new KeyValuePair<string, Lazy<Task<Verdict<T>>>>(hash, running));
        }
    }

    public void Forget(TenantId tenant)
    {
        Interlocked.Increment(ref _generation);
        foreach (var (hash, entry) in _verified)
        {
            if (entry.Tenant == tenant)
                _verified.TryRemove(hash, out _);
        }
    }

    private void Remember(TenantId tenant, string hash, T value)
    {
        if (_verified.Count >= capacity)
            MakeRoom();

        _verified[hash] = new(tenant, value, clock.GetTimestamp());
    }

    private void MakeRoom()
    {
        foreach (var (hash, entry) in _verified)
        {
            if (clock.GetElapsedTime(entry.At) >= lifetime)
                _verified.TryRemove(hash, out _);
        }

        if (_verified.Count >= capacity)
            _verified.Clear();
    }

    private sealed record Entry(TenantId Tenant, T Value, long At);
}
