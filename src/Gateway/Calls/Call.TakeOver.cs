using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <content>Who takes it over while it rings.</content>
internal sealed partial class Call
{
    private volatile CallParty? _rung;

    /// <summary>Whether a phone of that extension rings, so that its call may be picked up. Thread-safe.</summary>
    public bool RingsAt(string extension) =>
        Summary.State == CallState.Ringing && _rung is { Kind: CallPartyKind.Extension } rung && rung.Number == extension;

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
}
