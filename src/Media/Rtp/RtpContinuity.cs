using System.Buffers.Binary;

namespace TekSipCloud.Media.Rtp;

/// <summary>
/// Keeps what a listener gets in sequence where its source begins anew with other numbers, as after a long hold or a restart: under
/// SRTP such packets were lost, as those that came before or of another cycle, and many a plain phone takes them for late ones.
/// </summary>
/// <remarks>A value that is changed in place; one thread. Allocates nothing but for a second source.</remarks>
internal struct RtpContinuity
{
    // RFC 3550 A.1: how far a sequence number may jump ahead or fall behind before it may be a restart.
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;

    /// <summary>A party has one source, and a new one at a transfer or an announcement; more begin again as if they were new.</summary>
    private const int MaxFormer = 16;

    private Source _current;
    private List<Source>? _former;

    /// <summary>Gives a packet the number that follows what the listener has of its source.</summary>
    /// <param name="packet">A valid packet of RTP; changed in place.</param>
    /// <returns>
    /// False for a packet that neither follows nor is merely late, and is the first such: RFC 3550 A.1 believes two in a row.
    /// </returns>
    public bool TryContinue(Span<byte> packet)
    {
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (!_current.IsStarted || ssrc != _current.Ssrc)
            Turn(ssrc, sequence);

        if (!_current.TryNumber(sequence, out var number))
            return false;

        if (number != sequence)
            BinaryPrimitives.WriteUInt16BigEndian(packet[2..], number);
        return true;
    }

    /// <summary>Forgets all sources.</summary>
    public void Forget() => this = default;

    private void Turn(uint ssrc, ushort sequence)
    {
        if (_current.IsStarted)
        {
            _former ??= [];
            if (_former.Count == MaxFormer)
                _former.RemoveAt(0);
            _former.Add(_current);
        }

        var place = _former?.FindIndex(source => source.Ssrc == ssrc) ?? -1;
        if (place < 0)
        {
            _current = new(ssrc, sequence);
            return;
        }

        _current = _former![place];
        _former.RemoveAt(place);
    }

    private struct Source(uint ssrc, ushort first)
    {
        private const int Nothing = -1;

        private ushort _highest = (ushort)(first - 1);
        private ushort _shift;
        private int _restart = Nothing;

        public readonly uint Ssrc => ssrc;

        public bool IsStarted { get; } = true;

        public bool TryNumber(ushort sequence, out ushort number)
        {
            number = (ushort)(sequence + _shift);
            var ahead = (ushort)(number - _highest);
            if (ahead is >= MaxDropout and <= ushort.MaxValue + 1 - MaxMisorder)
            {
                if (sequence != _restart)
                {
                    _restart = (ushort)(sequence + 1);
                    return false;
                }

                number = (ushort)(_highest + 1);
                _shift = (ushort)(number - sequence);
                ahead = 1;
            }

            _restart = Nothing;
            if (ahead < MaxDropout)
                _highest += ahead;
            return true;
        }
    }
}
