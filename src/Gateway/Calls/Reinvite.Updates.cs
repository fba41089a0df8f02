using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <content>Where it comes or goes by UPDATE (RFC 3311), which is answered at once and has no ACK.</content>
internal sealed partial class Reinvite
{
    /// <summary>
    /// How long a party that is asked by INVITE may think of another one's UPDATE, which cannot wait (RFC 3311 §5.2) beyond timer F, and of an offer
    /// of ours.
    /// </summary>
    public static readonly TimeSpan LongestAsking = TimeSpan.FromSeconds(20);

    private readonly long _arrived;
    private ILoopTimer? _limit;

    private bool IsUpdate => _request is not InviteServerTransaction;

    /// <summary>An UPDATE passes as such to a party that takes it.</summary>
    private bool AsksByUpdate => IsUpdate && _asksByUpdate;

    /// <summary>From when the UPDATE came: its sender waits for no longer because it was passed on as such in vain before.</summary>
    private void LimitAsking() => _limit = Gateway.Loop.Schedule(
        LongestAsking - Gateway.Context.Clock.GetElapsedTime(_arrived), static self => ((Reinvite)self!).OnUnanswered(), this);

    /// <summary>RFC 3311 §5.1: what its Allow said was not true. The offer goes by INVITE, which every party takes.</summary>
    private void AskByInvite()
    {
        _to.ForgetUpdate();
        _asksByUpdate = false;
        if (_to.Media.WriteOffer(_offer!, out _) is not { } sdp)
        {
            Fail(488);
            return;
        }

        LimitAsking();
        Send(sdp);
    }

    /// <summary>The party that asked hears of it; the other one is free when its INVITE is answered (RFC 3261 §14.1: one at a time).</summary>
    private void OnUnanswered()
    {
        if (_isDone)
            return;

        Gateway.Reply(_request, DialogStatus.Silent);
        Finish();
        _to.Reinvite = this;
        // What it agrees to all the same is acknowledged, and changes nothing here.
        OnCancel();
    }

    private void Release()
    {
        if (_to.Reinvite == this)
            _to.Reinvite = null;
    }
}
