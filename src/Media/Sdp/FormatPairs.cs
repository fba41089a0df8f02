using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>Which format of one description is which of another; only dynamic payload types are ever paired with another number.</summary>
internal sealed class FormatPairs
{
    private const int FirstDynamic = 96;

    private readonly byte?[] _pairs = new byte?[128];
    private readonly bool[] _isSame = new bool[128];
    private UInt128 _first;
    private UInt128 _taken;

    public FormatPairs(MediaDescription said, MediaDescription known)
    {
        // Who has the same number for the same format keeps it, whatever else would fit.
        foreach (var codec in said.Codecs)
        {
            HasRedundancy |= Ascii.EqualsIgnoreCase(codec.Name, "red"u8);
            foreach (var other in known.Codecs)
            {
                if (other.PayloadType == codec.PayloadType && AreSame(codec, other))
                    Pair(codec, other.PayloadType, isSame: true);
            }
        }

        foreach (var codec in said.Codecs)
        {
            if (_pairs[codec.PayloadType] is null && codec.PayloadType >= FirstDynamic)
                Find(said, codec, known);
        }
    }

    /// <summary>Whether the first description has redundancy (RFC 2198), whose packets have payload types within.</summary>
    public bool HasRedundancy { get; }

    /// <summary>What that format is in the other description, DTMF by another clock included; null where it is nothing.</summary>
    public byte? Of(byte payloadType) => _pairs[payloadType];

    /// <summary>What that format is, name and clock, in the other description; null where it is nothing.</summary>
    public byte? OfSame(byte payloadType) => _isSame[payloadType] ? _pairs[payloadType] : null;

    /// <summary>Whether no other of the first description stands for the same before it.</summary>
    public bool IsFirst(byte payloadType) => (_first >> payloadType & 1) != 0;

    private void Find(MediaDescription said, SdpCodec codec, MediaDescription known)
    {
        byte? same = null;
        byte? events = null;
        foreach (var other in known.Codecs)
        {
            if (other.PayloadType < FirstDynamic)
                continue;

            var isTaken = (_taken >> other.PayloadType & 1) != 0;
            var hasSameParameters = said.FormatParametersOf(codec.PayloadType).SequenceEqual(known.FormatParametersOf(other.PayloadType));
            if (AreSame(codec, other) && !isTaken && (same is null || hasSameParameters))
                same = other.PayloadType;
            if (codec.IsTelephoneEvent && other.IsTelephoneEvent)
                events ??= other.PayloadType;
        }

        if ((same ?? events) is { } found)
            Pair(codec, found, same is not null);
    }

    private void Pair(SdpCodec codec, byte known, bool isSame)
    {
        if ((_taken >> known & 1) == 0)
            _first |= UInt128.One << codec.PayloadType;
        _taken |= UInt128.One << known;
        _pairs[codec.PayloadType] = known;
        _isSame[codec.PayloadType] = isSame;
    }

    private static bool AreSame(SdpCodec one, SdpCodec other) =>
        !one.Name.IsEmpty && Ascii.EqualsIgnoreCase(one.Name, other.Name)
        && one.ClockRateHz == other.ClockRateHz && one.Channels == other.Channels;
}
