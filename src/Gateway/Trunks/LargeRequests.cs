using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Trunks;

/// <summary>
/// Requests that may not fit a datagram go by TCP where the server takes it (RFC 3261 §18.1.1). Which server does is remembered. Thread-safe.
/// </summary>
internal sealed partial class LargeRequests(ISipFlows transports, TimeProvider clock, ILogger<LargeRequests> logger)
{
    /// <summary>RFC 3261 §18.1.1: the longest request by UDP while the path's MTU is not known.</summary>
    public const int MaxDatagram = 1300;

    private const int MaxServers = 10_000;

    /// <summary>How long a server is not asked again whether it takes TCP.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    /// <summary>How long the first request waits to find it out: a firewall that drops the attempt is not worth a caller's patience.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<IPEndPoint, long> _withoutTcp = [];

    /// <summary>The way by TCP to a server known by UDP; null when it takes none, and whether that was found out just now.</summary>
    /// <param name="server">Address and port, the same for both.</param>
    public async ValueTask<(SipFlow? Flow, bool IsNews)> FindStream(IPEndPoint server)
    {
        if (_withoutTcp.TryGetValue(server, out var since) && clock.GetElapsedTime(since) < Memory)
            return (null, false);

        using var deadline = new CancellationTokenSource(Patience, clock);
        SipFlow? flow = null;
        try
        {
            flow = await transports.OpenFlow(new SipTarget(SipTransportProtocol.Tcp, server), deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // It takes too long: as good as none.
        }

        if (flow is not null)
            _withoutTcp.TryRemove(server, out _);
        else
            Remember(server);
        return (flow, flow is null);
    }

    /// <summary>The way by TCP for a request that is too long for UDP; null when it goes by that all the same, of which operators are told once a server.</summary>
    /// <param name="server">Address and port, the same for both.</param>
    /// <param name="length">Bytes of the request.</param>
    public async ValueTask<SipFlow?> FindStream(IPEndPoint server, int length)
    {
        var (stream, isNews) = await FindStream(server);
        if (isNews)
            LogTooLong(length, server);
        return stream;
    }

    private void Remember(IPEndPoint server)
    {
        if (_withoutTcp.Count >= MaxServers)
            _withoutTcp.Clear();
        _withoutTcp[server] = clock.GetTimestamp();
    }

    [LoggerMessage(4035, LogLevel.Warning,
        "A request of {Length} bytes goes to {Server} by UDP, where it may be lost: the server takes no TCP at that port")]
    private partial void LogTooLong(int length, IPEndPoint server);
}
