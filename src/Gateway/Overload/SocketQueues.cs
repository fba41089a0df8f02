using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Overload;

/// <summary>Estimates how long a datagram waits in the network's queue before a socket's thread takes it.</summary>
internal sealed class SocketQueues(SipTransportLayer transports, TimeProvider clock)
{
    /// <summary>With fewer than that nothing can be said about the pace.</summary>
    private const int FewDatagrams = 16;

    /// <summary>A queue so full loses what comes in bursts, and what is lost is repeated after T1 (RFC 3261 §17.1.1.1).</summary>
    private const double NearlyFull = 0.7;
    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<UdpTransport, (long Received, long At)> _before = [];

    /// <summary>The longest wait of any socket, by what lies in its queue and how many it took since the last call.</summary>
    public TimeSpan ReadDelay()
    {
        var longest = TimeSpan.Zero;
        foreach (var udp in transports.UdpTransports)
        {
            var delay = ReadDelay(udp);
            longest = delay > longest ? delay : longest;
        }

        return longest;
    }

    private TimeSpan ReadDelay(UdpTransport udp)
    {
        var (received, now) = (udp.Received, clock.GetTimestamp());
        var (before, at) = _before.GetValueOrDefault(udp, (received, now));
        _before[udp] = (received, now);
        var (bytes, capacity) = udp.ReadQueue();
        var waiting = bytes / UdpTransport.BytesPerDatagram;
        if (waiting < FewDatagrams)
            return TimeSpan.Zero;
        if (bytes > capacity * NearlyFull)
            return T1;

        // Nothing taken while something waits: it has waited since the last look at least.
        var elapsed = clock.GetElapsedTime(at, now);
        return received == before ? elapsed : elapsed * ((double)waiting / (received - before));
    }
}
