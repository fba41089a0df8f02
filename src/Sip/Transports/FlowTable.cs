using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace TekSipCloud.Sip.Transports;

/// <summary>The open connections: found by number or by peer, bounded in all and per address. Thread-safe.</summary>
internal sealed class FlowTable(SipTransportOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, StreamFlow> _byId = [];
    private readonly Dictionary<FlowKey, StreamFlow> _byKey = [];
    private readonly Dictionary<IPAddress, int> _perAddress = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _byId.Count;
        }
    }

    /// <summary>
    /// Takes a new connection; false when its address has too many. <paramref name="evicted"/> is the connection that has to make room when there
    /// are too many in all.
    /// </summary>
    public bool TryAdd(StreamFlow flow, out StreamFlow? evicted)
    {
        evicted = null;
        lock (_lock)
        {
            var address = flow.Remote.Address;
            var open = _perAddress.GetValueOrDefault(address);
            if (open >= options.MaxConnectionsPerAddress)
                return false;

            if (_byId.Count >= options.MaxConnections)
                evicted = _byId.Values.MinBy(other => other.LastActivity);

            _perAddress[address] = open + 1;
            _byId.Add(flow.Id, flow);
            foreach (var key in KeysOf(flow))
                _byKey[key] = flow;
            return true;
        }
    }

    public void Remove(StreamFlow flow)
    {
        lock (_lock)
        {
            if (!_byId.Remove(flow.Id))
                return;

            foreach (var key in KeysOf(flow))
            {
                if (_byKey.TryGetValue(key, out var current) && current == flow)
                    _byKey.Remove(key);
            }

            var address = flow.Remote.Address;
            if (--_perAddress[address] == 0)
                _perAddress.Remove(address);
        }
    }

    public bool TryFind(in FlowKey key, [NotNullWhen(true)] out StreamFlow? flow)
    {
        lock (_lock)
            return _byKey.TryGetValue(key, out flow) && flow.IsOpen;
    }

    public bool TryFind(long id, [NotNullWhen(true)] out StreamFlow? flow)
    {
        lock (_lock)
            return _byId.TryGetValue(id, out flow) && flow.IsOpen;
    }

    public StreamFlow[] Snapshot()
    {
        lock (_lock)
            return [.. _byId.Values];
    }

    private static FlowKey[] KeysOf(StreamFlow flow)
    {
        var anonymous = new FlowKey(flow.Protocol, flow.Remote, ServerName: null);
        return flow.ServerName is null ? [anonymous] : [anonymous, anonymous with { ServerName = flow.ServerName }];
    }
}
