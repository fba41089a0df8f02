using System.Buffers.Binary;

namespace TekSipCloud.Media.Rtp;

/// <summary>
/// Gives packets of one party the payload types by which another party knows their formats, and tells DTMF (RFC 4733) by the clock that
/// the other party has for it. What it knows nothing of stays as it is.
/// </summary>
/// <remarks>Filled by one thread, then used by another one alone. Allocates nothing once filled.</remarks>
public sealed class PayloadTypeMap
{
    private const int EventBytes = 4;

    private readonly byte[] _numbers = new byte[128];
    private (int From, int To)[]? _rates;
    private EventClock _clock;

    /// <summary>A map that changes nothing.</summary>
    public PayloadTypeMap()
    {
        for (var i = 0; i < _numbers.Length; i++)
            _numbers[i] = (byte)i;
    }

    /// <summary>Whether it changes anything.</summary>
    public bool IsIdentity { get; private set; } = true;

    /// <summary>Has a format pass under another number.</summary>
    /// <param name="from">The sender's payload type, 0 to 127.</param>
    /// <param name="to">The receiver's.</param>
    public void Rename(byte from, byte to)
    {
        _numbers[from] = to;
        IsIdentity &= from == to;
    }

    /// <summary>Has DTMF events pass under another number and by another clock.</summary>
    /// <param name="from">The sender's payload type and clock rate in Hz.</param>
    /// <param name="to">The receiver's.</param>
    public void RenameEvents((byte PayloadType, int ClockRateHz) from, (byte PayloadType, int ClockRateHz) to)
    {
        Rename(from.PayloadType, to.PayloadType);
        if (from.ClockRateHz == to.ClockRateHz)
            return;

        (_rates ??= new (int, int)[128])[from.PayloadType] = (from.ClockRateHz, to.ClockRateHz);
        IsIdentity = false;
    }

    /// <summary>Whether the other does the same; what either has passed so far does not count.</summary>
    public bool IsSameAs(PayloadTypeMap other) =>
        _numbers.AsSpan().SequenceEqual(other._numbers)
        && (_rates is null ? other._rates is null : other._rates is { } rates && _rates.AsSpan().SequenceEqual(rates));

    /// <summary>Changes a packet in place.</summary>
    /// <param name="packet">A valid packet of RTP.</param>
    public void Apply(Span<byte> packet)
    {
        var type = packet[1] & 0x7F;
        if (_rates is { } rates)
            Retell(packet, rates[type]);
        packet[1] = (byte)((packet[1] & 0x80) | _numbers[type]);
    }

    private void Retell(Span<byte> packet, (int From, int To) rates)
    {
        var timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        if (rates.From == 0)
            _clock.Pass(timestamp);
        else if (RtpPacket.TryParse(packet, out var rtp, out _))
            RetellEvents(packet, rtp.Payload.Length, timestamp, rates);
    }

    private void RetellEvents(Span<byte> packet, int length, uint timestamp, (int From, int To) rates)
    {
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], _clock.Tell(timestamp, rates.From, rates.To));
        _ = RtpPacket.ReadHeader(packet, out var start);
        for (var events = packet.Slice(start, length); events.Length >= EventBytes; events = events[EventBytes..])
        {
            // RFC 4733 §2.3.5: in timestamp units. What is too long for the other clock's 16 bits stays one event, told as the longest.
            var duration = (long)BinaryPrimitives.ReadUInt16BigEndian(events[2..]) * rates.To / rates.From;
            BinaryPrimitives.WriteUInt16BigEndian(events[2..], (ushort)Math.Min(duration, ushort.MaxValue));
        }
    }
}
