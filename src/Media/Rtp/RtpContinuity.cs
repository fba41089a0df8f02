using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Rtp;

/// <summary>
/// Keeps what a listener gets in sequence where its source begins anew with other numbers, as after a long hold or a restart: under
/// SRTP such packets were lost, as those that came before or of another cycle, and many a plain phone takes them for late ones. What we
/// play in between goes on in the same stream.
/// </summary>
/// <remarks>A value that is changed in place; one thread. Allocates nothing but for a second source.</remarks>
internal struct RtpContinuity
{
    /// <summary>A party has one source, and a new one at a transfer or an announcement; more begin again as if they were new.</summary>
    private const int MaxFormer = 16;

    private RtpSource _current;
    private List<RtpSource>? _former;
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

    /// <summary>From now on every source bears one name, which is ours.</summary>
    public void Rename() => _name ??= Random();

    /// <summary>Forgets all sources.</summary>
    public void Forget() => this = default;

    private static uint Random() => BinaryPrimitives.ReadUInt32BigEndian(RandomNumberGenerator.GetBytes(sizeof(uint)));

    private void Turn(uint ssrc, ushort sequence, Span<byte> packet)
    {
        if (!_current.IsStarted)
            _current = new(ssrc, sequence, _name);
        else if (_name is not null)
            _current.Succeed(ssrc);
        else if (_current.Ssrc != ssrc)
            TurnTo(ssrc, sequence);

        if (!_current.IsFlowing)
            _current.Resume(packet, sequence);
    }

    private void TurnTo(uint ssrc, ushort sequence)
    {
        _former ??= [];
        if (_former.Count == MaxFormer)
            _former.RemoveAt(0);
        _former.Add(_current);

        var place = _former.FindIndex(source => source.Ssrc == ssrc);
        if (place < 0)
        {
            _current = new(ssrc, sequence, _name);
            return;
        }

        _current = _former[place];
        _former.RemoveAt(place);
    }
}
