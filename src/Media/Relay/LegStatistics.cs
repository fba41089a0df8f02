using System.Net;

namespace TekSipCloud.Media.Relay;

/// <summary>One leg's figures at one moment; of a running call the figures may differ by a packet among themselves.</summary>
public sealed record LegStatistics
{
    internal static readonly LegStatistics None = new();

    /// <summary>Valid RTP packets from the party.</summary>
    public long PacketsReceived { get; init; }

    /// <summary>Bytes of those packets, RTP headers included, UDP headers not.</summary>
    public long OctetsReceived { get; init; }

    /// <summary>RTP packets sent to the party.</summary>
    public long PacketsSent { get; init; }

    /// <summary>Bytes of those packets.</summary>
    public long OctetsSent { get; init; }

    /// <summary>Valid RTCP datagrams from the party.</summary>
    public long RtcpReceived { get; init; }

    /// <summary>RTCP datagrams sent to the party: all are ours.</summary>
    public long RtcpSent { get; init; }

    /// <summary>RTP and RTCP datagrams dropped because of where they came from.</summary>
    public long StrangersDropped { get; init; }

    /// <summary>Datagrams of a protected leg dropped because their tag was wrong or they came before (RFC 3711 §3.3).</summary>
    public long UnauthenticDropped { get; init; }

    /// <summary>Datagrams dropped because they are neither RTP nor RTCP.</summary>
    public long InvalidDropped { get; init; }

    /// <summary>RTP packets dropped because another source still talked.</summary>
    public long SourcesRefused { get; init; }

    /// <summary>Valid packets that were not passed on: no joined leg yet, on hold, the other party not reachable yet, sent once already under the same key, or the first of a source that begins anew.</summary>
    public long Withheld { get; init; }

    /// <summary>RTP packets of the party that came twice.</summary>
    public long Duplicates { get; init; }

    /// <summary>RTP packets of the party that came after one sent later.</summary>
    public long Reordered { get; init; }

    /// <summary>The time to the party and back, by its answers to our reports (RFC 3550 §6.4.1); null until measured.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>RTP packets that did not reach the party, as it reports; null until it does.</summary>
    public long? LostToParty { get; init; }

    /// <summary>Interarrival jitter at the party, as it reports; null until it does.</summary>
    public TimeSpan? JitterAtParty { get; init; }

    /// <summary>RTP packets of the party that never came, by sequence numbers (RFC 3550 A.3).</summary>
    public long PacketsLost { get; init; }

    /// <summary>Interarrival jitter of the party's packets (RFC 3550 A.8).</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>When the party's last valid RTP packet came; null before the first.</summary>
    public DateTimeOffset? LastPacketAt { get; init; }

    /// <summary>Where the party's RTP was heard from; null until then.</summary>
    public IPEndPoint? Remote { get; init; }
}
