using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using TekSipCloud.Gateway;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Silo.Connections;

/// <summary>
/// Bounds how many TCP connections one source may have, of whatever kind and from the moment they are accepted: also those that never finish a
/// TLS handshake or an HTTP request and so never become anything that other limits know.
/// </summary>
internal sealed class ConnectionGate
{
    /// <summary>Connections of an address beside those of SIP: the console's, and of any kind while they begin.</summary>
    private const int OtherPerAddress = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private readonly int _most;
    private readonly IPNetwork[] _proxies;
    private long _refused;

    public ConnectionGate(IOptions<SipLimitsOptions> limits, IOptions<SiloOptions> silo, IMeterFactory meters, ConnectionBudget? budget = null)
    {
        _most = (budget?.SipPerAddress ?? limits.Value.MaxConnectionsPerAddress) + OtherPerAddress;
        _proxies = [.. silo.Value.ProxyNetworks];
        meters.Create("TekSipCloud.Silo").CreateObservableCounter(
            "teksip.connections_refused", () => Interlocked.Read(ref _refused), "{connection}",
            "TCP connections of any kind refused because their address has too many.");
    }

    /// <summary>Lets a connection go on while it has its place.</summary>
    public async Task Pass(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        // What comes by a proxy is counted by the client's address, once that is known.
        if (address is null || Array.Exists(_proxies, proxy => proxy.Contains(Unmap(address))))
        {
            await next(connection);
            return;
        }

        var source = SourceNetwork.Of(address);
        if (!TryEnter(source))
        {
            Interlocked.Increment(ref _refused);
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(source);
        }
    }

    private bool TryEnter(IPAddress source)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(source);
            if (open >= _most)
                return false;

            _open[source] = open + 1;
            return true;
        }
    }

    private void Leave(IPAddress source)
    {
        lock (_lock)
        {
            if (--_open[source] == 0)
                _open.Remove(source);
        }
    }

    private static IPAddress Unmap(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
