using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace TekSipCloud.Sip.Transports;

/// <summary>The open connections: found by number or by peer, bounded in all and per source. Thread-safe.</summary>
internal sealed class FlowTable(SipTransportOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, StreamFlow> _byId = [];
    private readonly Dictionary<FlowKey, StreamFlow> _byKey = [];
    private readonly Dictionary<IPAddress, int> _perSource = [];
    private readonly int[] _perProtocol = new int[Enum.GetValues<SipTransportProtocol>().Length];

    public int Count
    {
        get
        {
            lock (_lock)
                return _byId.Count;
        }
    }

    /// <summary>Open connections of one protocol.</summary>
    public int CountOf(SipTransportProtocol protocol)
    {
        lock (_lock)
            return _perProtocol[(int)protocol];
    }

    /// <summary>Whether an address may have one more.</summary>
    public bool HasRoomFor(IPAddress address)
    {
        lock (_lock)
            return HasRoom(SourceNetwork.Of(address));
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
            var source = SourceNetwork.Of(flow.Remote.Address);
            if (!HasRoom(source))
                return false;

            if (_byId.Count >= options.MaxConnections)
                evicted = _byId.Values.MinBy(other => other.LastActivity);

            _perSource[source] = _perSource.GetValueOrDefault(source) + 1;
            _perProtocol[(int)flow.Protocol]++;
            _byId.Add(flow.Id, flow);
            foreach (var key in KeysOf(flow))
                _byKey[key] = flow;
            return true;
        }
    }

    /// <summary>Lets an open connection be found by more; what others are found by stays theirs.</summary>
    public void AddAliases(StreamFlow flow, FlowKey[] aliases)
    {
        lock (_lock)
        {
            if (!_byId.ContainsKey(flow.Id))
                return;

            flow.Aliases = Array.FindAll(aliases, alias => !_byKey.TryGetValue(alias, out var other) || !other.IsOpen);
            foreach (var alias in flow.Aliases)
                _byKey[alias] = flow;
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

            _perProtocol[(int)flow.Protocol]--;
            var source = SourceNetwork.Of(flow.Remote.Address);
            if (--_perSource[source] == 0)
                _perSource.Remove(source);
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

    private bool HasRoom(IPAddress source) => _perSource.GetValueOrDefault(source) < options.MaxConnectionsPerAddress;

    private static FlowKey[] KeysOf(StreamFlow flow)
    {
        // RFC 7118 §5: a WebSocket client has no address to be reached at, and behind a proxy not even a port of its own.
        if (flow.Protocol is SipTransportProtocol.Ws or SipTransportProtocol.Wss)
            return [];

        var anonymous = new FlowKey(flow.Protocol, flow.Remote, ServerName: null);
        return flow.ServerName is null
            ? [anonymous, .. flow.Aliases]
            : [anonymous, anonymous with { ServerName = flow.ServerName, Trust = flow.Trust }];
    }
}
