using System.Collections.Concurrent;
using System.Net;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// The AORs with a binding on this node: for the count of active registrations, and to find whose bindings die with a connection.
/// </summary>
internal sealed class NodeRegistrations(GatewayCounters counters, TimeProvider clock)
{
    private readonly ConcurrentDictionary<ExtensionKey, RegistrationEnd> _aors = new();
    private readonly ConcurrentDictionary<long, ConcurrentDictionary<ExtensionKey, bool>> _byConnection = new();
    private readonly ConcurrentDictionary<Way, RegistrationEnd> _ways = new();
    private readonly EarliestEnd _earliest = new();

    /// <summary>AORs with a live binding here.</summary>
    public int Count => _aors.Count;

    /// <summary>Whether an AOR has a live binding here.</summary>
    public bool IsLive(ExtensionKey key) => _aors.TryGetValue(key, out var entry) && entry.Expires > clock.GetUtcNow();

    /// <summary>Takes over what the grain holds for an AOR now.</summary>
    public void Update(ExtensionKey key, string node, IEnumerable<Binding> bindings)
    {
        var own = bindings.Where(b => b.Flow.Id.Node == node).ToArray();
        if (own.Length == 0)
        {
            Forget(key);
            return;
        }

        foreach (var connection in own.Select(b => b.Flow.Id.Connection).Where(c => c > 0))
            _byConnection.GetOrAdd(connection, static _ => new())[key] = true;

        foreach (var binding in own)
            PutWay(Way.Of(binding.Flow), binding.Expires);

        var entry = new RegistrationEnd(own.Max(b => b.Expires));
        while (!TryPut(key, entry))
        {
            // The sweep took the old entry meanwhile.
        }

        _earliest.Include(own.Min(b => b.Expires));
    }

    /// <summary>A binding that is known here lasts longer; allocates nothing.</summary>
    public void Extend(ExtensionKey key, KnownBinding binding)
    {
        // What was found once is kept with the binding: a refresh looks nothing up.
        if (binding.OfAor is null or { IsForgotten: true })
            binding.OfAor = _aors.GetValueOrDefault(key);
        if (binding.OfWay is null or { IsForgotten: true })
            binding.OfWay = _ways.GetValueOrDefault(Way.Of(binding.Given.Flow));
        binding.OfAor?.Extend(binding.Expires);
        binding.OfWay?.Extend(binding.Expires);
    }

    private void PutWay(Way way, DateTimeOffset expires)
    {
        if (_ways.TryGetValue(way, out var old))
            old.Forget();
        _ways[way] = new RegistrationEnd(expires);
    }

    private bool TryPut(ExtensionKey key, RegistrationEnd entry)
    {
        if (_aors.TryGetValue(key, out var old))
        {
            old.Forget();
            return _aors.TryUpdate(key, entry, old);
        }

        if (!_aors.TryAdd(key, entry))
            return false;

        counters.Add(key.Tenant, Counter.ActiveRegistrations);
        return true;
    }

    /// <summary>Whether somebody registered by this way, which makes its other end a phone.</summary>
    public bool HasWay(Transport transport, IPEndPoint remote) =>
        _ways.TryGetValue(new Way(transport, remote.Address.ToString(), remote.Port), out var way) && way.Expires > clock.GetUtcNow();

    /// <summary>The AOR has no binding any more.</summary>
    public void Forget(ExtensionKey key)
    {
        if (!_aors.TryRemove(key, out var gone))
            return;

        gone.Forget();
        counters.Add(key.Tenant, Counter.ActiveRegistrations, -1);
    }

    /// <summary>The AORs that registered on a connection, which are forgotten with it.</summary>
    public IReadOnlyCollection<ExtensionKey> TakeByConnection(long connection) =>
        _byConnection.TryRemove(connection, out var keys) ? [.. keys.Keys] : [];

    /// <summary>Forgets what has expired; called once a second by one caller. Costs nothing while nothing can have.</summary>
    public void Sweep()
    {
        var now = clock.GetUtcNow();
        if (!_earliest.IsPast(now))
            return;

        foreach (var aor in _aors)
        {
            if (IsTaken(_aors, aor, now))
                counters.Add(aor.Key.Tenant, Counter.ActiveRegistrations, -1);
        }

        foreach (var way in _ways)
            IsTaken(_ways, way, now);
    }

    private bool IsTaken<TKey>(ConcurrentDictionary<TKey, RegistrationEnd> all, KeyValuePair<TKey, RegistrationEnd> one, DateTimeOffset now)
        where TKey : notnull
    {
        var isOver = one.Value.Expires <= now && all.TryRemove(one);
        if (isOver)
            one.Value.Forget();
        else
            _earliest.Include(one.Value.Expires);
        return isOver;
    }

    /// <summary>A flow as addresses: what is left of it when phones are told from destinations.</summary>
    private readonly record struct Way(Transport Transport, string Address, int Port)
    {
        public static Way Of(FlowAddress flow) => new(flow.Transport, flow.RemoteAddress, flow.RemotePort);
    }
}
