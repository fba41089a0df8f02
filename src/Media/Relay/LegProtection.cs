using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>How one party's media is protected on the wire: what opens its packets, and what seals those it gets.</summary>
internal sealed class LegProtection : IDisposable
{
    private readonly SrtpKeys _keys;
    private readonly SrtpReceiver _receiver;
    private SrtpReceiver? _former;

    private LegProtection(SrtpKeys keys, SrtpReceiver receiver, SrtpSender sender, SrtpReceiver? former)
    {
        (_keys, _receiver, _former) = (keys, receiver, former);
        Sender = sender;
    }

    public SrtpSender Sender { get; }

    /// <summary>
    /// The protection by <paramref name="keys"/>. A key that stays keeps its place in the sequence: begun anew, old packets would be taken
    /// again, and new ones hidden under a key stream that was used.
    /// </summary>
    public static LegProtection? After(LegProtection? before, SrtpKeys? keys)
    {
        if (keys is null)
            return null;
        if (before is null)
            return new(keys, new(keys.Theirs), new(keys.Ours), null);

        var keepsTheirs = keys.Theirs.IsSameAs(before._keys.Theirs);
        var keepsOurs = keys.Ours.IsSameAs(before._keys.Ours);
        if (keepsTheirs && keepsOurs)
            return before;

        return new(
            keys,
            keepsTheirs ? before._receiver : new(keys.Theirs),
            keepsOurs ? before.Sender : new(keys.Ours),
            keepsTheirs ? before._former : before._receiver);
    }

    /// <summary>Opens a packet of RTP.</summary>
    public SrtpError Open(Span<byte> packet, out int length)
    {
        var error = _receiver.Open(packet, out length);
        if (_former is not { } former)
            return error;
        if (error == SrtpError.BadTag)
            return former.Open(packet, out length);

        Settle(error);
        return error;
    }

    /// <summary>Opens a compound packet of RTCP.</summary>
    public SrtpError OpenRtcp(Span<byte> packet, out int length)
    {
        var error = _receiver.OpenRtcp(packet, out length);
        // What it sends it also expects.
        if (error == SrtpError.None && _keys.Ours.Profile == _keys.Theirs.Profile)
            Sender.RtcpTagBytes = _receiver.RtcpTagBytes;
        if (_former is not { } former)
            return error;
        if (error == SrtpError.BadTag)
            return former.OpenRtcp(packet, out length);

        Settle(error);
        return error;
    }

    /// <summary>Ends what the successor does not use.</summary>
    public void GiveWayTo(LegProtection? next)
    {
        if (next is null || (next._receiver != _receiver && next._former != _receiver))
            _receiver.Dispose();
        if (next?._former != _former)
            _former?.Dispose();
        if (next?.Sender != Sender)
            Sender.Dispose();
    }

    public void Dispose() => GiveWayTo(null);

    // Packets under way when the key changed are opened with the former one, until the first with the new one comes.
    private void Settle(SrtpError error)
    {
        if (error != SrtpError.None)
            return;

        _former?.Dispose();
        _former = null;
    }
}
