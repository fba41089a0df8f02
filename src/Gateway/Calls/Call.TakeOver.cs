using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Tracing;

namespace TekSipCloud.Gateway.Calls;

/// <content>Who takes it over: while it rings, or in a party's place.</content>
internal sealed partial class Call
{
    private volatile CallParty? _rung;

    /// <summary>Whether a phone of that extension rings, so that its call may be picked up. Thread-safe.</summary>
    public bool RingsAt(string extension) =>
        Summary.State == CallState.Ringing && _rung is { Kind: CallPartyKind.Extension } rung && rung.Number == extension;

    /// <summary>The leg with a dialog that somebody wants to replace; null when it has none. Thread-safe.</summary>
    public CallLeg? FindLeg(SoughtCall sought) => Has(Caller, sought) ? Caller : Has(Callee, sought) ? Callee : null;

    /// <summary>Another party answers in the place of those that ring, which ring no more.</summary>
    public void OnTakenOver(CallLeg callee, CallParty party, string line)
    {
        Callee = callee;
        OnAnswered(party, line);
        _fork?.Yield();
        Media.Join(Caller!.Media, callee.Media);
        Watch(callee.Flow);
        if (IsRecordedWith(callee.Target!))
            Record();
    }

    /// <summary>Another party takes the place of one, whose leg ends.</summary>
    public void OnReplaced(CallLeg old, CallLeg entrant, string line)
    {
        var party = entrant.Target!.Party;
        if (old == Caller)
        {
            (Caller, Summary) = (entrant, Summary with { Caller = party });
        }
        else
        {
            (Callee, Summary) = (entrant, Summary with { Callee = party });
            GivePlacesBack();
        }

        Log.Add("replaces", line);
        Gateway.Add(entrant);
        CallTraces.NoteCallee(Gateway.Loop, entrant.Flow, Summary, entrant.Dialog.Name.CallId, party);
        Gateway.Context.Outbox.Progress(Entry, Summary);
        // Its looks are at the legs that it began with.
        MediaWatch = null;
        Media.Join(Caller!.Media, Callee!.Media);
        Watch(entrant.Flow);
        old.Bye();
        old.Leave();
        Media.Release(old.Media);
        if (IsRecordedWith(entrant.Target))
            Record();
    }

    private static bool Has(CallLeg? leg, SoughtCall sought)
    {
        if (leg is null)
            return false;

        var name = leg.Dialog.Name;
        return IsText(name.LocalTag, sought.LocalTag) && IsText(name.RemoteTag, sought.RemoteTag) && IsText(name.CallId, sought.SipCallId);
    }

    /// <summary>Whether the bytes are the text, a character for a byte.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes, string text)
    {
        if (bytes.Length != text.Length)
            return false;

        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != text[i])
                return false;
        }

        return true;
    }
}
