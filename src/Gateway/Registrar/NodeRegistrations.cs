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
    private readonly ConcurrentDictionary<ExtensionKey, Entry> _aors = new();
    private readonly ConcurrentDictionary<long, ConcurrentDictionary<ExtensionKey, bool>> _byConnection = new();
    private readonly ConcurrentDictionary<Way, Entry> _ways = new();

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
            _ways[Way.Of(binding.Flow)] = new Entry(binding.Expires);

        var entry = new Entry(own.Max(b => b.Expires));
        while (!TryPut(key, entry))
        {
            // The sweep took the old entry meanwhile.
        }
    }

    /// <summary>A binding that is known here lasts longer; allocates nothing.</summary>
    public void Extend(ExtensionKey key, Binding binding, DateTimeOffset expires)
    {
        if (_aors.TryGetValue(key, out var entry))
            entry.Extend(expires);
        if (_ways.TryGetValue(Way.Of(binding.Flow), out var way))
            way.Extend(expires);
    }

    private bool TryPut(ExtensionKey key, Entry entry)
    {
        if (_aors.TryGetValue(key, out var old))
            return _aors.TryUpdate(key, entry, old);
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
        if (_aors.TryRemove(key, out _))
            counters.Add(key.Tenant, Counter.ActiveRegistrations, -1);
    }

    /// <summary>The AORs that registered on a connection, which are forgotten with it.</summary>
    public IReadOnlyCollection<ExtensionKey> TakeByConnection(long connection) =>
        _byConnection.TryRemove(connection, out var keys) ? [.. keys.Keys] : [];

    /// <summary>Forgets what has expired; called once a second.</summary>
    public void Sweep()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, entry) in _aors)
        {
            if (entry.Expires <= now && _aors.TryRemove(new(key, entry)))
                counters.Add(key.Tenant, Counter.ActiveRegistrations, -1);
        }

        foreach (var way in _ways)
        {
            if (way.Value.Expires <= now)
                _ways.TryRemove(way);
        }
    }

    /// <summary>A flow as addresses: what is left of it when phones are told from destinations.</summary>
    private readonly record struct Way(Transport Transport, string Address, int Port)
    {
        public static Way Of(FlowAddress flow) => new(flow.Transport, flow.RemoteAddress, flow.RemotePort);
    }

    private sealed class Entry(DateTimeOffset expires)
    {
        private long _ticks = expires.UtcTicks;

        public DateTimeOffset Expires => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

        public void Extend(DateTimeOffset expires) => Volatile.Write(ref _ticks, Math.Max(Expires.UtcTicks, expires.UtcTicks));
    }
}
