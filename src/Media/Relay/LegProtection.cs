using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>How one party's media is protected on the wire: what opens its packets, and what seals those it gets.</summary>
internal sealed class LegProtection(SrtpKeys keys, SrtpReceiver receiver, SrtpSender sender) : IDisposable
{
    public SrtpReceiver Receiver => receiver;

    public SrtpSender Sender => sender;

    /// <summary>
    /// The protection by <paramref name="keys"/>. A key that stays keeps its place in the sequence: begun anew, old packets would be taken
    /// again, and new ones hidden under a key stream that was used.
    /// </summary>
    public static LegProtection? After(LegProtection? before, SrtpKeys? keys)
    {
        if (keys is null)
            return null;

        var keepsTheirs = before?.Uses(theirs: keys.Theirs) == true;
        var keepsOurs = before?.Uses(ours: keys.Ours) == true;
        return keepsTheirs && keepsOurs
            ? before!
            : new(keys, keepsTheirs ? before!.Receiver : new(keys.Theirs), keepsOurs ? before!.Sender : new(keys.Ours));
    }

    /// <summary>Ends what the successor does not use.</summary>
    public void GiveWayTo(LegProtection? next)
    {
        if (next?.Receiver != receiver)
            receiver.Dispose();
        if (next?.Sender != sender)
            sender.Dispose();
    }

    public void Dispose() => GiveWayTo(null);

    private bool Uses(SrtpKey? theirs = null, SrtpKey? ours = null) =>
        theirs?.IsSameAs(keys.Theirs) != false && ours?.IsSameAs(keys.Ours) != false;
}
