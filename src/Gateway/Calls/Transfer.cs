using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// A blind transfer carried out here (RFC 5589 §6): one party of a call asks by REFER that the other one be connected with a third. The third one is called by
/// a call of its own, in the transferor's name and with its rights, whose caller's leg stands in for the transferee's until the answer: then that one
/// moves there, and the first call is over.
/// </summary>
internal sealed class Transfer : ITransfer
{
    private readonly CallLeg _transferor;
    private readonly CallLeg _transferee;
    private readonly Call _first;
    private readonly ReferWish _wish;
    private readonly ReferSubscription _news;
    private readonly TransferFlow _flow;
    private readonly string _line;
    private Call? _second;
    private SipMessage? _invite;

    private Transfer(CallLeg transferor, CallLeg transferee, ReferWish wish)
    {
        _transferor = transferor;
        _transferee = transferee;
        _first = transferor.Call;
        _wish = wish;
        _news = new ReferSubscription(transferor, wish);
        _flow = new TransferFlow(this, transferor.Flow);
        _line = $"{NameOf(transferor)} transfers {NameOf(transferee)} to {wish.Number} (REFER).";
    }

    /// <summary>Whether the transferee has moved, or stays where it is.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The media of the first call, which the second one shares.</summary>
    public CallMedia Media => _first.Media;

    /// <summary>The transferee's part of it, with which the target is joined.</summary>
    public MediaLeg TransfereeMedia => _transferee.Media;

    /// <summary>What a destination wants back as it stands, if it is that one; else null.</summary>
    public byte[]? ReturnedTo(Destination destination) => _transferor.Destination?.Name == destination.Name ? _wish.Returned : null;

    /// <summary>Who a destination says asks for it, for that one to have back with its target (RFC 3892 §2.2); null for others and for nobody.</summary>
    public byte[]? ReferredBackTo(Destination destination) => ReturnedTo(destination) is null ? null : _wish.ReferredBy;

    /// <summary>Whether the target is the transferor's own, a destination's, which no number leads to.</summary>
    public bool IsReturned => _wish.Returned is not null;

    private LoopGateway Gateway => _first.Gateway;

    /// <summary>Takes a REFER within a call.</summary>
    public static void Begin(CallLeg transferor, ServerTransaction refer)
    {
        var call = transferor.Call;
        var policy = transferor.Destination?.Transfers ?? call.Tenant.Settings.Transfers;
        if (!call.IsAnswered || call.IsOver || transferor.Peer is not { } transferee)
            call.Gateway.Reply(refer, 480);
        else if (policy == TransferPolicy.Refuse || transferor is { Username: null, Destination: null } || call.Admitted.IsOriginationOnly || call.IsBeingRecorded)
            // RFC 3515 §2.4.2. A guest reaches whom it called, and nobody else. Who is recorded stays where that is known.
            call.Gateway.Reply(refer, 603);
        else if (!ReferredBy.IsReadable(refer.Request))
            call.Gateway.Reply(refer, 400);
        else if (call.Transfer is { IsDone: false })
            call.Gateway.Reply(refer, 491);
        else if (policy == TransferPolicy.PassThrough)
            PassOn(transferor, transferee, refer);
        else if (ReferWish.IsAttended(refer.Request))
            AttendedTransfer.Begin(transferor, transferee, refer);
        else if (ReferWish.Read(refer.Request, call.Tenant, transferor.Destination, out var wish) is not 0 and var status)
            call.Gateway.Reply(refer, status);
        else
            Begin(transferor, transferee, refer, wish!);
    }

    /// <summary>Takes a REFER that may be carried out.</summary>
    public static void Begin(CallLeg transferor, CallLeg transferee, ServerTransaction refer, ReferWish wish)
    {
        var call = transferor.Call;
        var transfer = new Transfer(transferor, transferee, wish);
        call.Transfer = transfer;
        call.Log.Add("transfer", transfer._line);
        transfer._news.Accept(refer);
        if (!call.Gateway.Loop.Run(transfer.CallOut))
            transfer.Fail(503);
    }

    /// <summary>A party as if it had been called, so that it is known in another's call.</summary>
    public static CallTarget TargetOf(CallLeg leg) => leg.Target ?? new CallTarget
    {
        Party = leg.Call.Summary.Caller,
        RequestUri = leg.Dialog.RemoteTarget.ToArray(),
        FromUri = CallTargets.From(leg.Call),
        ToUri = leg.Dialog.RemoteTarget.ToArray(),
        Instance = leg.Instance,
        Path = new OpenPath(leg.Flow),
    };

    public bool Outlives(CallLeg leg) => leg == _transferor && !IsDone;

    /// <summary>The call to the target begins.</summary>
    public void OnCalled(Call second)
    {
        _second = second;
        second.Log.Add("transfer", _line);
    }

    /// <summary>The INVITE to the target is answered; the loop is told of it, which may be in the middle of the answer.</summary>
    public void OnResponse(SipMessage response)
    {
        if (response.StatusCode is > 100 and not (>= 200 and < 300) && !Gateway.Loop.Post(() => Take(response)))
            Take(response);
    }

    /// <summary>The target has answered: the transferee speaks with it.</summary>
    /// <param name="sound">What the target speaks.</param>
    public void OnAnswered(SessionDescription sound)
    {
        var second = _second!;
        IsDone = true;
        _news.Tell(200);
        second.TakeOver(_transferee, TargetOf(_transferee));
        _first.End(_transferor.Side, 200, $"The {_transferor.Name} transferred the other party to {_wish.Number}.");
        if (second.Service is null)
            _transferee.Media.StopPlaying();
        Realignment.Begin(_transferee, sound);
    }

    /// <summary>The first call is over before the target has answered: the transferee hung up, say.</summary>
    public void OnCallOver()
    {
        if (IsDone)
            return;

        IsDone = true;
        _news.Tell(487);
        _second?.OnCancel();
    }

    /// <summary>The other party's phone calls the target, with rights of its own: not just any target.</summary>
    public static void PassOn(CallLeg transferor, CallLeg transferee, ServerTransaction refer)
    {
        var call = transferor.Call;
        if (PassedTarget.WhyNot(refer.Request, call.Tenant, transferor.Destination, call.Gateway.Context.Token) is not 0 and var status)
            call.Gateway.Reply(refer, status);
        else
            RelayedRequest.Begin(transferor, transferee, refer);
    }

    /// <summary>Calls the target, with what the transferor may do now.</summary>
    private async Task CallOut()
    {
        try
        {
            var requester = await FindRequester();
            if (IsDone)
                return;

            if (requester is null)
                Fail(403);
            else if (_transferee.Media.Said is { } said && PartyOffer.TryMake(said, out var offer))
                Invite(requester, offer);
            else
                Fail(488);
        }
        catch (Exception)
        {
            // What goes wrong is logged at the loop's edge; the transferor hears of it at once.
            Fail(503);
            throw;
        }
    }

    private async ValueTask<Requester?> FindRequester()
    {
        if (_transferor.Destination is { } destination)
            return new Requester(null, destination);
        if (_transferor.Username is not { } username)
            return null;

        var context = Gateway.Context;
        var grain = context.Grains.GetGrain<IExtensionGrain>(new ExtensionKey(_first.Tenant.Id, username).ToString());
        var reach = await grain.Reach().WaitAsync(context.Options.ReadDeadline, context.Clock);
        return reach is { Extension: { Enabled: true } extension } ? new Requester(extension, null) : null;
    }

    private void Invite(Requester requester, SessionDescription offer)
    {
        TransferInvite.Write(Gateway, _first, _transferor, _wish, _flow, offer);
        _invite = SipMessage.Parse(Gateway.Writer.Written.ToArray());
        var tenant = Gateway.Context.Tenants.Find(_first.Tenant.Id) ?? _first.Tenant;
        Gateway.Judged(_flow, _invite, new AdmittedRequest(tenant, requester));
    }

    private void Take(SipMessage response)
    {
        if (response.StatusCode >= 300)
        {
            Acknowledge(response);
            Fail(response.StatusCode);
        }
        else if (!IsDone)
        {
            _news.Tell(response.StatusCode);
        }
    }

    /// <summary>RFC 3261 §17.1.1.3: the INVITE's transaction is over then.</summary>
    private void Acknowledge(SipMessage response)
    {
        SipRequest.WriteAck(Gateway.Writer, _invite!, response);
        Gateway.Layer.ReceiveAgain(_flow, SipMessage.Parse(Gateway.Writer.Written.ToArray()));
    }

    /// <summary>The target was not reached. The transferor has the transferee back, if it is still there.</summary>
    private void Fail(int status)
    {
        if (IsDone)
            return;

        IsDone = true;
        _news.Tell(status);
        _first.Log.Add("transfer", $"{_wish.Number} was not reached: {status}.");
        if (_transferor.IsGone)
            _first.End(CallEnd.System, 200, $"The transfer to {_wish.Number} failed ({status}), and the {_transferor.Name} had hung up.");
    }

    private string NameOf(CallLeg leg) => (leg.Side == CallEnd.Caller ? _first.Summary.Caller : _first.Summary.Callee).Number;
}
