using System.Collections.Concurrent;
using System.Collections.Immutable;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway;

/// <summary>The node's counters per tenant: plain longs, told to the tenants' grains each second while they change.</summary>
internal sealed class GatewayCounters
{
    private static readonly int Count = Enum.GetValues<Counter>().Length;
    private readonly ConcurrentDictionary<TenantId, long[]> _tenants = new();
    private readonly Dictionary<TenantId, ImmutableArray<long>> _told = [];
    private readonly Dictionary<TenantId, long> _received = [];

    public void Add(TenantId tenant, Counter counter, long amount = 1) =>
        Interlocked.Add(ref Figures(tenant)[(int)counter], amount);

    public long Read(TenantId tenant, Counter counter) => Volatile.Read(ref Figures(tenant)[(int)counter]);

    /// <summary>Called once a second by one caller: the tenants whose figures changed since the last time, or have levels to keep alive.</summary>
    public List<(TenantId Tenant, ImmutableArray<long> Values)> TakeChanged()
    {
        var changed = new List<(TenantId, ImmutableArray<long>)>();
        foreach (var (tenant, figures) in _tenants)
        {
            var received = Volatile.Read(ref figures[(int)Counter.RequestsReceived]);
            Volatile.Write(ref figures[(int)Counter.RequestRate], received - _received.GetValueOrDefault(tenant));
            _received[tenant] = received;

            ImmutableArray<long> values = [.. figures];
            var hasLevels = figures[(int)Counter.ActiveRegistrations] + figures[(int)Counter.ActiveSessions] > 0;
            if (!hasLevels && _told.TryGetValue(tenant, out var told) && told.AsSpan().SequenceEqual(values.AsSpan()))
                continue;

            _told[tenant] = values;
            changed.Add((tenant, values));
        }

        return changed;
    }

    private long[] Figures(TenantId tenant) => _tenants.GetOrAdd(tenant, static _ => new long[Count]);
}
