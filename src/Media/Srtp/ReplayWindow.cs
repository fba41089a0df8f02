namespace TekSipCloud.Media.Srtp;

/// <summary>Which of the last packets were seen: nobody's packet counts twice (RFC 3711 §3.3.2).</summary>
internal struct ReplayWindow
{
    /// <summary>How far back a late packet may be; RFC 3711 asks for 64 at least.</summary>
    public const int Size = 128;

    private UInt128 _seen;
    private ulong _highest;

    /// <summary>The highest index seen; meaningless before the first.</summary>
    public readonly ulong Highest => _highest;

    /// <summary>Whether any was seen.</summary>
    public readonly bool IsStarted => _seen != UInt128.Zero;

    /// <summary>Whether a packet is new. Ask before its tag is checked, <see cref="Add"/> it only after.</summary>
    public readonly bool IsNew(ulong index)
    {
        if (!IsStarted || index > _highest)
            return true;

        var age = _highest - index;
        return age < Size && (_seen >> (int)age & UInt128.One) == UInt128.Zero;
    }

    /// <summary>Finds the index of a packet of RTP, if it is new.</summary>
    public readonly bool TryPlace(ushort sequenceNumber, out ulong index)
    {
        index = sequenceNumber;
        return !IsStarted || RolloverIndex.TryEstimate(sequenceNumber, _highest, out index) && IsNew(index);
    }

    /// <summary>Remembers a packet.</summary>
    public void Add(ulong index)
    {
        if (!IsStarted || index > _highest)
        {
            var step = IsStarted ? index - _highest : 0;
            _seen = (step < Size ? _seen << (int)step : UInt128.Zero) | UInt128.One;
            _highest = index;
        }
        else
        {
            _seen |= UInt128.One << (int)(_highest - index);
        }
    }
}
