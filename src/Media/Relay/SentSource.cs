namespace TekSipCloud.Media.Relay;

/// <summary>What was sent to a party of one synchronization source, and what the party tells of it.</summary>
internal struct SentSource
{
    public uint Ssrc;

    /// <summary>Packets; 0 for no source at all.</summary>
    public long Packets;

    /// <summary>Octets of payloads (RFC 3550 §6.4.1).</summary>
    public long Octets;

    /// <summary>RTP timestamp of the last one.</summary>
    public uint Timestamp;

    /// <summary>When that was sent, by the loop's clock.</summary>
    public long At;

    /// <summary>Packets that did not reach the party, as it says.</summary>
    public int Lost;
}
