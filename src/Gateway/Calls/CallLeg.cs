using System.Runtime.ExceptionServices;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Trunks;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>One side of a call with its dialog (RFC 3261 §12): takes the peer's requests and sends ours.</summary>
internal sealed partial class CallLeg(Call call, Dialog dialog, SipFlow flow, MediaLeg media, CallEnd side)
{
    private AcceptedInvite? _accepted;
    private Action<SipMessage>? _onAcknowledged;
    private bool _owesBye;
    private Call _call = call;
    private CallEnd _side = side;
    private CallTarget? _target;

    public Call Call => _call;

    public Dialog Dialog => dialog;

    /// <summary>The way to the peer: the one its last request came by, or that it registered by since that one is gone.</summary>
    public SipFlow Flow { get; private set; } = flow;

    public MediaLeg Media => media;

    /// <summary>Who is at this side, as the end of a call names it.</summary>
    public CallEnd Side => _side;

    /// <summary>The destination at this side; null for an extension.</summary>
    public Destination? Destination { get; init; }

    /// <summary>Where the call went, at the callee's side, or who took this side over; null for the caller that began the call.</summary>
    public CallTarget? Target
    {
        get => _target;
        init => _target = value;
    }

    /// <summary>The extension at this side; null for a destination and for a guest.</summary>
    public string? Username => Destination is not null ? null
        : Target is null && _side == CallEnd.Caller ? _call.Admitted.Requester.Extension?.Username
        : Target is { Party: { Kind: not CallPartyKind.Guest } party } ? party.Number : null;

    /// <summary>Whether the peer called by a domain that takes calls and rings nobody, and may do no more than that domain takes.</summary>
    public bool IsOriginationOnly => Target is null && _side == CallEnd.Caller && _call.Admitted.IsOriginationOnly;

    /// <summary>The instance of the phone at this side (RFC 5626 §4.1); null when it is not known.</summary>
    public string? Instance => Target is null && _side == CallEnd.Caller ? RegisteredWays.InstanceOf(_call.Invite.Request) : Target?.Instance;

    /// <summary>The other party; null where there is none, or it has hung up already and this one is being transferred.</summary>
    public CallLeg? Peer => (this == _call.Caller ? _call.Callee : _call.Caller) is { IsGone: false } peer ? peer : null;

    /// <summary>Whether its dialog is over.</summary>
    public bool IsGone => dialog.State == DialogState.Terminated;

    /// <summary>Whether it is one of the call's two: nobody has taken its place. What was under way when somebody did is no concern of the call's.</summary>
    public bool IsParty => this == _call.Caller || this == _call.Callee;

    /// <summary>A re-INVITE under way on this leg, in whichever direction.</summary>
    public Reinvite? Reinvite { get; set; }

    /// <summary>Whether a 2xx of ours waits for its ACK.</summary>
    public bool AwaitsAck => _accepted is { IsPending: true };

    /// <summary>Acknowledges a 2xx of the peer whose ACK waits for the other party's answer; null when none waits.</summary>
    public Action? OwedAck { get; set; }

    /// <summary>The REFERs that passed to the peer; null before the first.</summary>
    public PassedRefers? PassedRefers { get; set; }

    /// <summary>Which end of the call it is, for people.</summary>
    public string Name => _side == CallEnd.Caller ? "caller" : "callee";

    private CallLeg? PeerInCall => _call.IsAnswered && !_call.IsOver ? Peer : null;

    private LoopGateway Gateway => _call.Gateway;

    /// <summary>Answers the peer's INVITE with 200, and repeats that until the ACK.</summary>
    /// <param name="invite">The INVITE.</param>
    /// <param name="sdp">The description in it; null where the peer has had that before (RFC 3262 §5).</param>
    /// <param name="onAcknowledged">Hears the ACK.</param>
    public void Accept(InviteServerTransaction invite, byte[]? sdp, Action<SipMessage>? onAcknowledged = null)
    {
        Gateway.StartReply(invite, 200);
        Gateway.WriteContact(Gateway.Writer, invite.Flow, dialog.NeedsSipsContact, Destination);
        AgreeWith(invite.Request);
        if (sdp is null)
            Gateway.Writer.End();
        else
            Gateway.Writer.Body("application/sdp"u8, sdp);
        dialog.Confirm();
        _onAcknowledged = onAcknowledged;
        _accepted = AcceptedInvite.Respond(
            Gateway.Layer, invite, 200, Gateway.Writer.Written, OnUnacknowledged);
        if (_accepted is null)
            _call.End(CallEnd.System, 408, "A party's connection was lost before the answer reached it.", this);
    }

    /// <summary>The peer is reached by another way, since its last request's is gone; unless it came by another one meanwhile.</summary>
    public void Move(SipFlow lost, SipFlow way)
    {
        if (!Flow.Equals(lost))
            return;

        MoveTo(way);
        _call.Log.Add("connection", $"The {Name}'s connection was lost; it is reached by {way.Protocol.ToString().ToUpperInvariant()} {way.Remote}.");
    }

    public void OnAck(SipFlow flow, SipMessage ack)
    {
        if (!Flow.IsOpen)
            Move(Flow, flow);
        if (_accepted is null || !_accepted.TryTakeAck(ack))
            return;

        _onAcknowledged?.Invoke(ack);
        _onAcknowledged = null;
        if (!_owesBye)
            return;

        _owesBye = false;
        SendBye();
        Gateway.Remove(this);
    }

    public void OnRequest(ServerTransaction transaction)
    {
        // RFC 3261 §12.2.2: a request out of order.
        if (!dialog.TryTakeRequest(transaction.Request))
        {
            Gateway.Reply(transaction, 500);
            return;
        }

        MoveTo(transaction.Flow);
        if (IsRinging && transaction.Request.Method is not (SipMethod.Update or SipMethod.Options))
        {
            // RFC 3261 §15.1: a callee ends no early dialog by BYE, and has nothing else to ask before it answers.
            Gateway.Reply(transaction, 481);
            return;
        }

        switch (transaction.Request.Method)
        {
            case SipMethod.Bye:
                OnBye(transaction);
                break;
            case SipMethod.Invite:
            case SipMethod.Update:
                Reinvite.Begin(this, transaction);
                break;
            // Of the INVITE that began the call: to others nothing is sent reliably.
            case SipMethod.Prack when Target is null && _side == CallEnd.Caller && _call.Reliable is { } reliable:
                reliable.OnPrack(this, transaction);
                break;
            case SipMethod.Prack:
                // RFC 3262 §3
                Gateway.Reply(transaction, 481);
                break;
            case SipMethod.Refer:
                Transfer.Begin(this, transaction);
                break;
            case SipMethod.Info or SipMethod.Message or SipMethod.Notify when PeerInCall is { } peer:
                RelayedRequest.Begin(this, peer, transaction);
                break;
            case SipMethod.Options when !IsOriginationOnly && PeerInCall is { } peer:
                RelayedRequest.Begin(this, peer, transaction);
                break;
            case SipMethod.Info or SipMethod.Message or SipMethod.Notify:
                // Nobody is there to take it: not yet, or not any more.
                Gateway.Reply(transaction, 480);
                break;
            case SipMethod.Options:
                Gateway.Reply(transaction, 200, IsOriginationOnly ? Abilities.WriteOrigination : Abilities.WriteInDialog);
                break;
            default:
                Gateway.Reply(transaction, 405, static w => w.Header(SipHeaderName.Allow, RequestChecks.AllowInDialog));
                break;
        }
    }

    /// <summary>Takes the way by which the peer registered in place of one that is gone (RFC 5626 §4.5); false when it cannot be reached.</summary>
    public bool FindWay()
    {
        if (RegisteredWays.FindInPlace(this) is not { } way)
            return Flow.IsOpen;

        _call.Log.Add("flow", $"{Username} is reached at {way.RemoteText} from now on, where it registered: its former way is gone.");
        MoveTo(way);
        return true;
    }

    /// <summary>Starts a request to the peer in the gateway's writer.</summary>
    /// <returns>Its CSeq number.</returns>
    public uint StartRequest(SipMethod method)
    {
        FindWay();
        Gateway.Context.Counters.Add(_call.Tenant.Id, Counter.RequestsForwarded);
        return dialog.StartRequest(Gateway.Writer, method, Flow, Gateway.Ids.NewBranch());
    }

    /// <summary>Whether a request in the gateway's writer should not go by UDP, and may go by TCP instead (RFC 3261 §18.1.1): a phone has its flow only.</summary>
    public bool IsTooLong => Gateway.Writer.Written.Length > LargeRequests.MaxDatagram && !Flow.IsReliable && Destination is not null;

    /// <summary>Whether it should not go by UDP, and can go by nothing else.</summary>
    public bool IsTooLongForFlow => Gateway.Writer.Written.Length > LargeRequests.MaxDatagram && !Flow.IsReliable && Destination is null;

    /// <summary>
    /// Sends a request that is too long for a datagram by TCP to the same server, where that takes it (RFC 3261 §18.1.1), and the rest of the call as
    /// well. What is in the gateway's writer is not sent.
    /// </summary>
    /// <param name="send">Writes it anew, if it is still wanted, and sends it.</param>
    /// <param name="fail">What to do when that is not possible.</param>
    public Task SendByStream(Action send, Action? fail = null)
    {
        var length = Gateway.Writer.Written.Length;
        TakeBack();
        return ChangeTransport(length, send, fail);
    }

    /// <summary>What was started in the gateway's writer is not sent.</summary>
    public void TakeBack()
    {
        dialog.TakeBack();
        Gateway.Context.Counters.Add(_call.Tenant.Id, Counter.RequestsForwarded, -1);
    }

    /// <summary>The same for an ACK, which has the number of its INVITE.</summary>
    public Task AcknowledgeByStream(Action send) => ChangeTransport(Gateway.Writer.Written.Length, send, fail: null);

    /// <summary>Sends what is in the gateway's writer.</summary>
    public ClientTransaction Send(IClientTransactionUser user) => Gateway.Layer.SendRequest(Flow, Gateway.Writer, user);

    /// <summary>Ends the dialog by BYE; after our 2xx only once its ACK has come (RFC 3261 §15).</summary>
    public void Bye()
    {
        // RFC 3261 §15: nor by one to a party whose INVITE we have not answered.
        if (dialog.State == DialogState.Terminated || IsRinging)
            return;

        if (AwaitsAck)
            _owesBye = true;
        else
            SendBye();
    }

    /// <summary>The call is over: the dialog takes no more requests, unless its BYE still waits.</summary>
    public void Leave()
    {
        _session?.Stop();
        GiveOwedAck();
        if (_owesBye)
            return;

        _accepted?.Stop();
        Gateway.Remove(this);
    }

    /// <summary>The party goes on in another call of this loop.</summary>
    public void GoOnIn(Call other, CallEnd end, CallTarget target) => (_call, _side, _target) = (other, end, target);

    private async Task ChangeTransport(int length, Action send, Action? fail)
    {
        try
        {
            var stream = await Gateway.Context.LargeRequests.FindStream(Flow.Remote, length);
            _call.Log.Add("target", stream is not null
                ? $"A request of {length} bytes goes to {Flow.Remote} by TCP, and so does the rest of the call."
                : $"A request of {length} bytes goes to {Flow.Remote} by UDP, though it may not arrive: there is no answer by TCP.");
            if (stream is not null)
                MoveTo(stream);
            send();
        }
        catch (Exception e)
        {
            // Its place to be logged is the loop's edge.
            fail?.Invoke();
            Gateway.Loop.Post(static (fault, _) => ExceptionDispatchInfo.Throw((Exception)fault!), e);
        }
    }

    private void MoveTo(SipFlow way)
    {
        var isElsewhere = !way.Remote.Address.Equals(Flow.Remote.Address);
        Flow = way;
        _call.Watch(way);
        if (isElsewhere)
            _call.NoteMoved(this);
    }

    private void SendBye()
    {
        if (dialog.State == DialogState.Terminated)
            return;

        GiveOwedAck();
        WriteBye();
        if (IsTooLong)
            _ = SendByStream(SendLongBye);
        else
            Send(Unheard.Instance);
        dialog.Terminate();
    }

    private void WriteBye()
    {
        StartRequest(SipMethod.Bye);
        if (_call.ByeReason is { } reason)
            Gateway.Writer.Header(SipHeaderName.Reason, reason);
        Gateway.Writer.End();
    }

    private void SendLongBye()
    {
        WriteBye();
        Send(Unheard.Instance);
    }

    /// <summary>RFC 3261 §13.2.2.4: every 2xx is acknowledged, also when the call ends before there is an answer to put in.</summary>
    private void GiveOwedAck()
    {
        var ack = OwedAck;
        OwedAck = null;
        ack?.Invoke();
    }

    private void OnBye(ServerTransaction transaction)
    {
        Gateway.Reply(transaction, 200);
        dialog.Terminate();
        if (_owesBye)
        {
            // Both ended it: this one's BYE makes ours needless.
            _owesBye = false;
            Leave();
            return;
        }

        if (_call.Transfer?.Outlives(this) == true)
        {
            // RFC 5589 §6.1: it need not wait for what comes of its transfer, and the other party does.
            _call.Log.Add("transfer", $"The {Name} hung up.");
            Reinvite?.OnCallOver();
            Leave();
            return;
        }

        // RFC 3261 §15.1.2: what still waits for an answer gets 487, but for a callee that did not wait until the caller could be told.
        var status = _side == CallEnd.Caller ? 487 : 480;
        if (!_call.IsAnswered && !_call.IsOver)
            Gateway.Reply(_call.Invite, status);
        _call.End(_side, status, _side == CallEnd.Caller ? "The caller hung up." : "The callee hung up.", this);
    }

    private void OnUnacknowledged(AcceptedInvite accepted)
    {
        // RFC 3261 §13.3.1.4: without ACK the session ends by BYE.
        _call.End(CallEnd.System, 200, "A party did not acknowledge the answer.", this);
        _owesBye = false;
        SendBye();
        Gateway.Remove(this);
    }
}
