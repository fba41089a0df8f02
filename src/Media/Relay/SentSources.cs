using System.Buffers.Binary;

namespace TekSipCloud.Media.Relay;

/// <summary>
/// What was sent to a party: the source that it hears, and the one before, to which it comes back after an announcement or music on hold.
/// </summary>
/// <remarks>A value that is changed in place; the relay's thread's.</remarks>
internal struct SentSources
{
    private SentSource _current;
    private SentSource _former;
    private long _lostBefore;

    /// <summary>The source that the party hears now.</summary>
    public readonly ref readonly SentSource Current
    {
        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        get => ref _current;
    }

    public readonly bool HasAny => _current.Packets != 0;

    /// <summary>Packets that did not reach the party, as it says, of all sources.</summary>
    public readonly long Lost => Math.Max(0, _lostBefore + _current.Lost + _former.Lost);

    /// <summary>Counts a packet that was sent.</summary>
    /// <param name="packet">At least its header, in the clear.</param>
    /// <param name="payloadOctets">Octets without header and padding.</param>
    /// <param name="now">When.</param>
    public void Count(ReadOnlySpan<byte> packet, int payloadOctets, long now)
    {
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        if (ssrc != _current.Ssrc || _current.Packets == 0)
            Turn(ssrc);

        _current.Packets++;
        _current.Octets += payloadOctets;
        _current.Timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        _current.At = now;
    }

    /// <summary>Takes over what the party says of a source; false when that is none of these.</summary>
    public bool TryTake(uint ssrc, int lost)
    {
        if (HasAny && ssrc == _current.Ssrc)
            _current.Lost = lost;
        else if (_former.Packets != 0 && ssrc == _former.Ssrc)
            _former.Lost = lost;
        else
            return false;

        return true;
    }

    private void Turn(uint ssrc)
    {
        if (_current.Packets == 0)
        {
            _current.Ssrc = ssrc;
            return;
        }

        var next = _former.Packets != 0 && _former.Ssrc == ssrc ? _former : new SentSource { Ssrc = ssrc };
        if (next.Packets == 0)
            _lostBefore += _former.Lost;
        (_former, _current) = (_current, next);
    }
}
