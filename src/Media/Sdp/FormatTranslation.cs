using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Sdp;

/// <summary>
/// What becomes of one party's formats in the words of another: other payload types, DTMF by another clock, formats that are left out or
/// added. Made by <see cref="FormatTranslator"/>, only where something changes.
/// </summary>
internal sealed class FormatTranslation
{
    private const byte LeftOut = byte.MaxValue;

    private readonly byte[] _numbers = new byte[128];
    private readonly int[] _eventRates = new int[128];
    private byte? _addedEvents;

    public FormatTranslation()
    {
        for (var i = 0; i < _numbers.Length; i++)
            _numbers[i] = (byte)i;
    }

    /// <summary>More bytes than are written beyond those of the formats' own lines.</summary>
    public const int MaxAddedBytes = 128;

    /// <summary>Whether anything changes.</summary>
    public bool IsIdentity { get; private set; } = true;

    /// <summary>For packets where both parties are known; null where all keep their payload types.</summary>
    public PayloadTypeMaps? Maps { get; set; }

    public void LeaveOut(byte payloadType) => Rename(payloadType, LeftOut);

    public void Rename(byte payloadType, byte number)
    {
        _numbers[payloadType] = number;
        IsIdentity &= payloadType == number;
    }

    /// <summary>Has DTMF be told by another clock.</summary>
    public void Reclock(byte payloadType, int clockRateHz)
    {
        _eventRates[payloadType] = clockRateHz;
        IsIdentity = false;
    }

    /// <summary>Adds DTMF by the clock that every phone has for it.</summary>
    public void AddEvents(byte number)
    {
        _addedEvents = number;
        IsIdentity = false;
    }

    /// <summary>A line's formats in the other words.</summary>
    public byte[] Formats(ReadOnlySpan<byte> formats)
    {
        var writer = new SdpWriter(stackalloc byte[formats.Length + MaxAddedBytes]);
        var tokens = new SdpTokens(formats);
        while (tokens.TryNext(out var format))
        {
            if (!SdpNumber.TryParse(format, 127, out var number))
                writer.WriteFormat(format);
            else if (_numbers[number] != LeftOut)
                writer.WriteFormat(_numbers[number]);
        }

        if (_addedEvents is { } added)
            writer.WriteFormat(added);
        return writer.Written.ToArray();
    }

    /// <summary>Writes an attribute in the other words, or leaves it out, where it is an a=rtpmap or a=fmtp of a format that changes.</summary>
    /// <returns>False where it is to be written as it is.</returns>
    public bool TryWrite(ref SdpWriter writer, ReadOnlySpan<byte> attribute)
    {
        if (attribute.IndexOf((byte)':') is not (> 0 and var colon))
            return false;

        var name = attribute[..colon];
        var isMap = name.SequenceEqual("rtpmap"u8);
        var tokens = new SdpTokens(attribute[(colon + 1)..]);
        if (!(isMap || name.SequenceEqual("fmtp"u8)) || !tokens.TryNext(out var format) || !SdpNumber.TryParse(format, 127, out var number))
            return false;

        var rate = isMap ? _eventRates[number] : 0;
        if (_numbers[number] == number && rate == 0)
            return false;

        if (_numbers[number] == LeftOut)
            return true;
        if (rate != 0)
            writer.WriteEventMap(_numbers[number], rate);
        else
            writer.WriteOfFormat(name, _numbers[number], tokens.Rest);
        return true;
    }

    /// <summary>Writes what says of the added format what it is.</summary>
    public void WriteAdded(ref SdpWriter writer)
    {
        if (_addedEvents is not { } added)
            return;

        writer.WriteEventMap(added, FormatTranslator.UsualEventClockHz);
        // RFC 4733 §2.5.1.1: the sixteen of a keypad.
        writer.WriteOfFormat("fmtp"u8, added, "0-15"u8);
    }
}
