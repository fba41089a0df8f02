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

    private readonly Dictionary<UdpTransport, (long Received, long Emptied, long At)> _before = [];

    /// <summary>Datagrams that the system dropped so far, at all sockets, because it was told to or for want of room.</summary>
    public long Dropped => transports.UdpTransports.Sum(udp => udp.Lost);

    /// <summary>
    /// The longest wait of any socket, by what lies in its queue and how many it took since the last call; and whether each was empty at some time since.
    /// </summary>
    public (TimeSpan Delay, bool HasEmptied) Read()
    {
        var (longest, haveEmptied) = (TimeSpan.Zero, true);
        foreach (var udp in transports.UdpTransports)
        {
            var (delay, hasEmptied) = Read(udp);
            longest = delay > longest ? delay : longest;
            haveEmptied &= hasEmptied;
        }

        return (longest, haveEmptied);
    }

    private (TimeSpan Delay, bool HasEmptied) Read(UdpTransport udp)
    {
        var (received, emptied, now) = (udp.Received, udp.Emptied, clock.GetTimestamp());
        var before = _before.GetValueOrDefault(udp, (Received: received, Emptied: emptied, At: now));
        _before[udp] = (received, emptied, now);
        var (bytes, capacity) = udp.ReadQueue();
        var hasEmptied = emptied != before.Emptied || bytes == 0;
        var waiting = bytes / UdpTransport.BytesPerDatagram;
        if (waiting < FewDatagrams)
            return (TimeSpan.Zero, hasEmptied);

        // What waits has come since the queue was empty.
        var elapsed = clock.GetElapsedTime(before.At, now);
        var longest = hasEmptied ? elapsed : TimeSpan.MaxValue;
        // Nothing taken while something waits: it has waited since the last look at least.
        var delay = bytes > capacity * NearlyFull ? T1
            : received == before.Received ? elapsed
            : elapsed * ((double)waiting / (received - before.Received));
        return (delay < longest ? delay : longest, hasEmptied);
    }
}
