using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A re-INVITE of ours (RFC 3261 §14.1) to a party that speaks with another one from now on, also where it was on hold before.</summary>
internal sealed class Realignment : IClientTransactionUser
{
    private readonly CallLeg _leg;
    private readonly SessionDescription _sound;
    private InviteClientTransaction? _invite;
    private uint _cseq;
    private bool _isAgreed;

    private Realignment(CallLeg leg, SessionDescription sound) => (_leg, _sound) = (leg, sound);

    private Call Call => _leg.Call;

    /// <summary>Offers a party the sound that its new peer speaks.</summary>
    public static void Begin(CallLeg leg, SessionDescription sound) => new Realignment(leg, sound).Send();

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

        _leg.Realignment = null;
        _leg.Dialog.TakeResponse(response);
        if (_leg.Dialog.State == DialogState.Terminated)
            OnGone();
        else if (response.StatusCode == 491 && !Call.IsOver)
            SendLater();
        else if (!Call.IsOver)
            Call.Log.Add("replaces", $"The {_leg.Name} answered {response.StatusCode} to the offer of its new party; what it spoke before goes on.");
    }

    public void OnTimeout(ClientTransaction transaction)
    {
        _leg.Realignment = null;
        _leg.Dialog.Terminate();
        OnGone();
    }

    public void OnTransportError(ClientTransaction transaction)
    {
        _leg.Realignment = null;
        if (!Call.IsOver)
            Call.Log.Add("replaces", $"The offer of its new party did not reach the {_leg.Name}.");
    }

    private void Send()
    {
        if (_leg.Media.WriteOffer(_sound, out _) is not { } offer)
            return;

        _leg.Realignment = this;
        Write(offer);
        if (_leg.IsTooLong)
            _ = _leg.SendByStream(() => SendLong(offer), () => _leg.Realignment = null);
        else
            _invite = (InviteClientTransaction)_leg.Send(this);
    }

    private void SendLong(byte[] offer)
    {
        if (Call.IsOver)
            return;

        Write(offer);
        _invite = (InviteClientTransaction)_leg.Send(this);
    }

    /// <summary>RFC 3261 §14.1: the party asked for something at the same moment.</summary>
    private void SendLater() => Call.Gateway.Loop.Schedule(Glare.BackOff(_leg), static self => ((Realignment)self!).SendAgain(), this);

    private void SendAgain()
    {
        if (Call.IsOver)
            return;

        // What the party has asked for meanwhile goes first, and its answer tells it as much.
        if (!_leg.IsChanging)
            Send();
        else
            SendLater();
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
        _leg.Realignment = null;
        if (Call.IsOver)
            return;

        _leg.Dialog.TakeResponse(response);
        if (CallMedia.Read(response) is { } answer)
            _leg.Media.HearAnswer(answer, _leg.Flow.Remote.Address, relearn: true);
        _leg.TakeSession(response);
        MusicOnHold.Review(_leg, _leg.Peer!);
    }

    /// <summary>RFC 3261 §12.2.1.2: 481, 408 and silence end the dialog, and with it the call.</summary>
    private void OnGone() => Call.End(CallEnd.System, 200, "A party does not know the call any more.", _leg);
}
