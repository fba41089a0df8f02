using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Tracing;

namespace TekSipCloud.Gateway.Calls;

/// <content>Where one of its parties transfers the other (REFER), or where it is the call to a transfer's target.</content>
internal sealed partial class Call
{
    /// <summary>The last transfer that one of its parties asked for; null for none.</summary>
    public ITransfer? Transfer { get; set; }

    /// <summary>Whether other nodes are being asked for the call that a transfer names: not for two at a time.</summary>
    public bool IsSeekingPlace { get; set; }

    /// <summary>The transfer to whose target the call is made, until somebody answers; null for every other call.</summary>
    public Transfer? MadeFor { get; private set; }

    /// <summary>Notes for the call trace that the caller's Call-ID is of this call.</summary>
    public void NoteCaller()
    {
        if (Invite.Flow is not TransferFlow)
            CallTraces.NoteCaller(Gateway.Loop, Invite.Flow, Summary, Invite.Request.CallId);
        // The INVITE of a transfer was on no network.
        else if (MadeFor is null)
            CallTraces.NoteCaller(Gateway.Loop, Caller!.Flow, Summary, Caller.Dialog.Name.CallId);
    }

    private List<Func<Task>>? _places;

    /// <summary>The transferee comes in the place of the leg that stood in for it.</summary>
    public void TakeOver(CallLeg transferee, CallTarget target)
    {
        var standIn = Caller!;
        MadeFor = null;
        if (transferee.Side == CallEnd.Callee)
            Array.ForEach(transferee.Call.TakePlaces(), OnEnd);
        transferee.GoOnIn(this, CallEnd.Caller, target);
        Caller = transferee;
        standIn.Leave();
        Watch(transferee.Flow);
        NoteCaller();
    }

    /// <summary>Has the callee's place at a destination given back when the callee has left; at once when the call is over already.</summary>
    public void HoldPlace(Func<Task> giveBack)
    {
        if (IsOver)
            GiveBack(giveBack);
        else
            (_places ??= []).Add(giveBack);
    }

    /// <summary>The callee goes on in another call, which gives its places back at its own end.</summary>
    public Func<Task>[] TakePlaces()
    {
        Func<Task>[] places = [.. _places ?? []];
        _places = null;
        return places;
    }

    /// <summary>A party's dialog is over without a BYE, and with it the call; a transferor, who may hang up, leaves the other party to the target.</summary>
    public void OnGone(CallLeg leg)
    {
        if (Transfer?.Outlives(leg) != true)
            End(CallEnd.System, 200, "A party does not know the call any more.", leg);
    }

    private void GivePlacesBack() => Array.ForEach(TakePlaces(), GiveBack);

    /// <summary>Media that another call goes on with stay, but for what this one's parties have of them.</summary>
    private void GiveMediaBack()
    {
        if (Media.IsShared)
        {
            GiveMediaBack(Caller);
            GiveMediaBack(Callee);
        }

        Media.Dispose();
    }

    private void GiveMediaBack(CallLeg? leg)
    {
        // What stands in for a transferee has that one's.
        if (leg is not null && leg.Call == this && MadeFor is null)
            Media.Release(leg.Media);
    }
}
