using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A re-INVITE of ours (RFC 3261 §14.1) to a party that speaks with another one from now on, also where it was on hold before.</summary>
internal sealed class Realignment : IClientTransactionUser
{
    private const string Step = "replaces";

    /// <summary>How often it is sent again for a longer session interval (RFC 4028 §7.3).</summary>
    private const int MaxLonger = 2;

    private readonly CallLeg _leg;
    private readonly SessionDescription _sound;
    private InviteClientTransaction? _invite;
    private SessionDescription? _said;
    private ILoopTimer? _limit;
    private uint _cseq;
    private int _longer;
    private bool _isAgreed;

    private Realignment(CallLeg leg, SessionDescription sound) => (_leg, _sound) = (leg, sound);

    /// <summary>Whether its offer is not answered yet; else it waits for its time to be made again (RFC 3264 §4: one at a time).</summary>
    public bool IsOffering { get; private set; }

    private Call Call => _leg.Call;

    /// <summary>Whether the party still has to hear of it: it is in the call, and nobody else has come into that meanwhile.</summary>
    private bool IsWanted => !Call.IsOver && _leg.IsParty && _leg.Realignment == this;

    /// <summary>Offers a party the sound that its new peer speaks.</summary>
    public static void Begin(CallLeg leg, SessionDescription sound)
    {
        var realignment = new Realignment(leg, sound);
        leg.Realignment = realignment;
        if (leg.IsChanging)
            realignment.SendLater();
        else
            realignment.Send();
    }

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 300)
        {
            OnAgreed(response);
            return;
        }

        EndOffer();
        _leg.Dialog.TakeResponse(response);
        if (_leg.Dialog.State == DialogState.Terminated)
            OnGone();
        else if (IsWanted)
            OnRefused(response);
    }

    public void OnTimeout(ClientTransaction transaction)
    {
        // RFC 3261 §9.1: one that was taken back and is not answered for 64*T1 is over, and the party may be there all the same.
        if (_invite is { IsCancelled: true })
        {
            GiveUp("has not answered that either");
            return;
        }

        EndOffer();
        _leg.Dialog.Terminate();
        OnGone();
    }

    public void OnTransportError(ClientTransaction transaction) => GiveUp("did not get the offer of its new party");

    private void Send()
    {
        if (_leg.Media.WriteOffer(_sound, out _) is not { } offer)
        {
            GiveUp("has no sound in common with its new party");
            return;
        }

        IsOffering = true;
        _said = _leg.Media.Said;
        _limit = Call.Gateway.Loop.Schedule(Reinvite.LongestAsking, static self => ((Realignment)self!).OnUnanswered(), this);
        Write(offer);
        if (_leg.IsTooLong)
            _ = _leg.SendByStream(() => SendLong(offer), () => GiveUp("did not get the offer of its new party"));
        else
            _invite = (InviteClientTransaction)_leg.Send(this);
    }

    private void SendLong(byte[] offer)
    {
        if (!IsWanted || !IsOffering)
            return;

        Write(offer);
        _invite = (InviteClientTransaction)_leg.Send(this);
    }

    private void OnRefused(SipMessage response)
    {
        if (response.StatusCode == 491)
        {
            Call.Log.Add(Step, $"The {_leg.Name} asks for a change itself (491); the offer of its new party waits.");
            SendLater();
        }
        else if (response.StatusCode == 422 && _longer++ < MaxLonger && _leg.Prolong(SessionTerms.MinSeOf(response)))
        {
            Send();
        }
        else
        {
            GiveUp($"answered {response.StatusCode} to the offer of its new party");
        }
    }

    /// <summary>RFC 3261 §14.1: the party asked for something at the same moment.</summary>
    private void SendLater() => Call.Gateway.Loop.Schedule(Glare.BackOff(_leg), static self => ((Realignment)self!).SendAgain(), this);

    private void SendAgain()
    {
        if (!IsWanted)
            return;

        // What the party has agreed on with its new peer meanwhile tells both as much, and is later than this.
        if (_leg.Media.Said != _said)
            _leg.Realignment = null;
        else if (_leg.IsChanging)
            SendLater();
        else
            Send();
    }

    /// <summary>The party, or who sits before it, thinks for too long: until it answers nothing else can be asked (RFC 3261 §14.1).</summary>
    private void OnUnanswered()
    {
        if (!IsOffering)
            return;

        if (IsWanted)
            Call.Log.Add(Step, $"The {_leg.Name} has not answered the offer of its new party for {Reinvite.LongestAsking.TotalSeconds:0} s; it is taken back.");
        if (_invite is null)
            EndOffer();
        else
            _invite.Cancel();
    }

    private void Write(byte[] offer)
    {
        var gateway = Call.Gateway;
        _cseq = _leg.StartRequest(SipMethod.Invite);
        gateway.WriteContact(gateway.Writer, _leg.Flow, _leg.Dialog.NeedsSipsContact, _leg.Destination);
        _leg.WriteSession();
        gateway.Writer.Body("application/sdp"u8, offer);
    }

    private void OnAgreed(SipMessage response)
    {
        // A repeated 2xx gets its ACK by the transaction.
        if (_isAgreed)
            return;

        _isAgreed = true;
        var gateway = Call.Gateway;
        _leg.Dialog.StartAck(gateway.Writer, _leg.Flow, gateway.Ids.NewBranch(), _cseq);
        gateway.Writer.End();
        _invite!.Acknowledge(_leg.Flow, _leg.Dialog.RemoteTag, gateway.Writer.Written);
        var isWanted = IsWanted;
        EndOffer();
        if (!isWanted)
            return;

        _leg.Realignment = null;
        _leg.Dialog.TakeResponse(response);
        if (CallMedia.Read(response) is { } answer)
            _leg.Media.HearAnswer(answer, _leg.Flow.Remote.Address, relearn: true);
        _leg.TakeSession(response);
        if (_leg.Peer is { } peer)
            MusicOnHold.Review(_leg, peer);
    }

    private void EndOffer()
    {
        IsOffering = false;
        _limit?.Cancel();
    }

    private void GiveUp(string why)
    {
        EndOffer();
        if (!IsWanted)
            return;

        _leg.Realignment = null;
        Call.Log.Add(Step, $"The {_leg.Name} {why}; what it spoke before goes on.");
    }

    /// <summary>RFC 3261 §12.2.1.2: 481, 408 and silence end the dialog, and with it the call.</summary>
    private void OnGone() => Call.OnGone(_leg);
}
