namespace TekSipCloud.Media.Recording;

/// <summary>
/// Where a party's packets belong in the recording: as far apart as their timestamps say (RFC 3550 §5.1), beginning when the first one came. What
/// differs from its arrival by more than networks do begins anew.
/// </summary>
internal sealed class ChannelClock
{
    // 500 ms ahead of its arrival nothing can be that was said at the time; a stall of the network longer than 2 s is none.
    private const long MaxEarly = WavFormat.SampleRateHz / 2;
    private const long MaxLate = WavFormat.SampleRateHz * 2L;

    // Late for so long, it will not get better: the way has become longer.
    private const long MaxLateFor = WavFormat.SampleRateHz / 2;

    private bool _isStarted;
    private uint _ssrc;
    private ushort _sequence;
    private uint _timestamp;
    private long _position;
    private long? _lateSince;

    /// <summary>The place of a packet's first sample; null for one that has none any more.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="arrival">When it came, in samples of the recording.</param>
    /// <param name="written">The first sample that is not written yet.</param>
    public long? Place(in RecordedPacket packet, long arrival, long written)
    {
        var isNews = !_isStarted || packet.Ssrc != _ssrc;
        var isNext = isNews || (short)(packet.SequenceNumber - _sequence) > 0;
        var position = isNews ? arrival : _position + (int)(packet.Timestamp - _timestamp);
        var early = position - arrival;
        if (early is > MaxEarly or < -MaxLate)
        {
            if (!isNext)
                return null;

            position = arrival;
        }
        else if (position + packet.Payload.Length <= written)
        {
            if (!isNext || arrival - (_lateSince ??= arrival) < MaxLateFor)
                return null;

            position = arrival;
        }

        _lateSince = null;
        if (isNext)
            Follow(packet, position);
        return position;
    }

    private void Follow(in RecordedPacket packet, long position)
    {
        _isStarted = true;
        _ssrc = packet.Ssrc;
        _sequence = packet.SequenceNumber;
        _timestamp = packet.Timestamp;
        _position = position;
    }
}
