using System.Buffers.Binary;

namespace TekSipCloud.Media.Relay;

/// <summary>What was sent to a party, and what the party tells of it.</summary>
/// <remarks>A value that is changed in place; the relay's thread's.</remarks>
internal struct SentSource
{
    private int _lost;

    /// <summary>Its synchronization source.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>Packets; 0 before the first.</summary>
    public long Packets { get; private set; }

    /// <summary>Octets of payloads (RFC 3550 §6.4.1).</summary>
    public long Octets { get; private set; }

    /// <summary>RTP timestamp of the last one.</summary>
    public uint Timestamp { get; private set; }

    /// <summary>When that was sent, by the loop's clock.</summary>
    public long At { get; private set; }

    /// <summary>Packets that did not reach the party, as it says.</summary>
    public readonly long Lost => Math.Max(0, _lost);

    /// <summary>Counts a packet that was sent.</summary>
    /// <param name="packet">At least its header, in the clear.</param>
    /// <param name="payloadOctets">Octets without header and padding.</param>
    /// <param name="now">When.</param>
    public void Count(ReadOnlySpan<byte> packet, int payloadOctets, long now)
    {
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        Packets++;
        Octets += payloadOctets;
        Timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        At = now;
    }

    /// <summary>Takes over what the party says of a source; false when that is none of ours.</summary>
    public bool TryTake(uint ssrc, int lost)
    {
        if (Packets == 0 || ssrc != Ssrc)
            return false;

        _lost = lost;
        return true;
    }
}
