using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Rtp;

/// <summary>
/// Makes one stream of what a listener gets: of one name, in sequence, by one clock, whoever speaks, and what we play goes on in it. Where a source begins anew with
/// other numbers, or another one begins, as after a transfer, every phone hears on: many take a lower number for a packet that comes late, and go on doing
/// so whatever its source is called; under SRTP a leap is one of another cycle (RFC 3711 §3.3.1). RTCP ends here, so nobody misses the source's own (RFC 3550 §7.1).
/// </summary>
/// <remarks>A value that is changed in place; one thread. Allocates nothing.</remarks>
internal struct RtpContinuity
{
    private RtpSource _current;
    private uint? _name;

    /// <summary>Gives a packet the number that follows what the listener has of its source.</summary>
    /// <param name="packet">A valid packet of RTP; changed in place.</param>
    /// <returns>
    /// False for a packet that neither follows nor is merely late, and is the first such: RFC 3550 A.1 believes two in a row.
    /// </returns>
    public bool TryContinue(Span<byte> packet)
    {
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (!_current.IsFlowing || ssrc != _current.Ssrc)
            Turn(ssrc, sequence, packet);

        if (!_current.TryNumber(sequence, out var number))
            return false;

        if (_current.IsAltered)
            _current.Alter(packet, number);
        _current.LastTimestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        return true;
    }

    /// <summary>Writes the header of a packet of our own, as the next of what the listener has.</summary>
    /// <param name="packet">The packet; its first 12 bytes are written.</param>
    /// <param name="payloadType">0 to 127.</param>
    /// <param name="gap">Ticks of the clock since the packet before.</param>
    public void Insert(Span<byte> packet, byte payloadType, uint gap)
    {
        // RFC 3550 §5.1: all three begin at random.
        if (!_current.IsStarted)
            _current = new(Random(), (ushort)Random(), _name) { LastTimestamp = Random() };

        // RFC 3551 §4.1: the marker says that the playout may be adjusted here.
        packet[0] = 0x80;
        packet[1] = (byte)(_current.IsFlowing ? payloadType | 0x80 : payloadType);
        _current.Insert(packet, gap);
    }

    /// <summary>The listener's stream bears a name of ours, if nothing was sent yet.</summary>
    public void Rename() => _name ??= Random();

    /// <summary>What was sent last; null for nothing.</summary>
    public readonly RtpPosition? Position => _current.IsStarted ? _current.Position : null;

    /// <summary>The listener's stream began elsewhere, and goes on here. To be called before the first packet.</summary>
    public void Follow(RtpPosition position) => _current = new(position);

    /// <summary>Forgets the stream.</summary>
    public void Forget() => this = default;

    private static uint Random() => BinaryPrimitives.ReadUInt32BigEndian(RandomNumberGenerator.GetBytes(sizeof(uint)));

    private void Turn(uint ssrc, ushort sequence, Span<byte> packet)
    {
        if (_current.IsStarted)
            _current.Succeed(ssrc);
        else
            _current = new(ssrc, sequence, _name);
        if (!_current.IsFlowing)
            _current.Resume(packet, sequence);
    }
}
