using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// An attended transfer carried out here (RFC 5589 §7): who speaks with two parties, in a call each, has one of them take its own place in the call with the
/// other (a Refer-To with Replaces). Those calls may be of different loops: the place is kept in the second call's before the first call gives its party up, so
/// that nobody is lost where it cannot be had.
/// </summary>
internal sealed class AttendedTransfer : ITransfer
{
    private readonly CallLeg _transferor;
    private readonly CallLeg _transferee;
    private readonly Call _first;
    private readonly ReferSubscription _news;

    private AttendedTransfer(CallLeg transferor, CallLeg transferee, ReferWish wish)
    {
        (_transferor, _transferee, _first) = (transferor, transferee, transferor.Call);
        _news = new ReferSubscription(transferor, wish);
    }

    public bool IsDone { get; private set; }

    public bool Outlives(CallLeg leg) => leg == _transferor && !IsDone;

    /// <summary>Takes a REFER whose target is one of the transferor's dialogs.</summary>
    public static void Begin(CallLeg transferor, CallLeg transferee, ServerTransaction refer)
    {
        var first = transferor.Call;
        var status = ReferWish.ReadAttended(refer.Request, out var wish, out var replaces);
        var second = status == 0 ? first.Gateway.Context.Calls.Find(replaces!.In(first.Tenant.Id)) : null;
        if (status == 0 && second == first)
            status = 603;
        if (status != 0)
            first.Gateway.Reply(refer, status);
        else if (second is not null && IsRinging(second, transferor, replaces!))
            BeginBlind(transferor, transferee, refer, wish!, second);
        else if (second is null && transferee.Destination is null)
            Seek(transferor, transferee, refer, wish!, replaces!);
        else
            new AttendedTransfer(transferor, transferee, wish!).Begin(refer, second, replaces!);
    }

    /// <summary>The transferee hung up, or the call was ended otherwise, before the place was to be had.</summary>
    public void OnCallOver() => Fail(487);

    /// <summary>The transferor's other call may be another node's.</summary>
    private static void Seek(CallLeg transferor, CallLeg transferee, ServerTransaction refer, ReferWish wish, ReplacesWish replaces)
    {
        var first = transferor.Call;
        if (first.IsSeekingPlace)
            first.Gateway.Reply(refer, 491);
        else if (first.Gateway.Loop.Run(() => AskOtherNodes(transferor, transferee, refer, wish, replaces)))
            first.IsSeekingPlace = true;
        else
            first.Gateway.Reply(refer, 500);
    }

    private static async Task AskOtherNodes(CallLeg transferor, CallLeg transferee, ServerTransaction refer, ReferWish wish, ReplacesWish replaces)
    {
        var first = transferor.Call;
        string? owner;
        try
        {
            owner = await first.Gateway.Context.Elsewhere.Find(replaces.In(first.Tenant.Id));
        }
        catch (Exception)
        {
            // What goes wrong is logged at the loop's edge.
            first.Gateway.Reply(refer, 500);
            throw;
        }
        finally
        {
            first.IsSeekingPlace = false;
        }

        if (first.IsOver || transferor.IsGone || transferor.Peer != transferee)
            first.Gateway.Reply(refer, 480);
        else if (first.Transfer is { IsDone: false })
            first.Gateway.Reply(refer, 491);
        else if (owner is null)
            new AttendedTransfer(transferor, transferee, wish).Begin(refer, null, replaces);
        else
            // Its phone takes the place there by an INVITE with Replaces, which finds the call (RFC 3891).
            Transfer.PassOn(transferor, transferee, refer);
    }

    private void Begin(ServerTransaction refer, Call? second, ReplacesWish replaces)
    {
        _first.Transfer = this;
        _first.Log.Add("transfer", $"The {_transferor.Name} transfers the {_transferee.Name} to the party of its other call (REFER with Replaces).");
        _news.Accept(refer);
        if (second is null)
            Fail(481);
        else if (_transferee.Media is not { IsWeb: false, Said: { } said } || !PartyOffer.TryMake(said, out var sound))
            // What DTLS agreed on is of the ports that the handshake was made on.
            Fail(488);
        else
            Ask(second, new PlaceRequest(replaces, PlaceRequest.WhoIs(_transferor), _transferee.Flow, Transfer.TargetOf(_transferee), sound));
    }

    private void Ask(Call second, PlaceRequest request)
    {
        if (second.Gateway == _first.Gateway)
            OnAsked(second, TransferPlace.Reserve(second, request, out var refusal), refusal);
        else if (!second.Gateway.Loop.Post(() => AskThere(second, request)))
            Fail(503);
    }

    /// <summary>On the second call's loop.</summary>
    private void AskThere(Call second, PlaceRequest request)
    {
        var place = TransferPlace.Reserve(second, request, out var status);
        // A loop that takes no more has nobody to be told.
        if (!_first.Gateway.Loop.Post(() => OnAsked(second, place, status)))
            place?.GiveBack();
    }

    /// <summary>On the first call's loop again.</summary>
    private void OnAsked(Call second, TransferPlace? place, int status)
    {
        if (place is null)
            Fail(status);
        else if (IsDone)
            GiveBack(second, place);
        else if (!_transferee.MayDepart(isToOtherLoop: second.Gateway != _first.Gateway))
            GiveBack(second, place, 491);
        else
            Depart(second, place);
    }

    private void Depart(Call second, TransferPlace place)
    {
        var moved = _transferee.Depart(second, place.Relay);
        if (second.Gateway == _first.Gateway)
        {
            Finish();
            place.Take(moved);
        }
        else if (second.Gateway.Loop.Post(() => TakeThere(second, place, moved)))
        {
            // Now that its arrival is in the other loop's queue, what its phone sends may follow.
            _first.Gateway.Context.Receiver.Moved.Put(moved.Dialog.Name.CallId.ToArray(), new(second.Gateway.Layer, null));
            Finish();
        }
        else
        {
            _transferee.ComeBack(_first, moved);
            GiveBack(second, place, 503);
        }
    }

    private static void TakeThere(Call second, TransferPlace place, MovedParty moved)
    {
        second.Gateway.KeepMoved(second, moved.Dialog.Name.CallId.ToArray());
        place.Take(moved);
    }

    private void Finish()
    {
        IsDone = true;
        _news.Tell(200);
        _first.End(_transferor.Side, 200, $"The {_transferor.Name} transferred the other party to that of its other call.");
    }

    private void GiveBack(Call second, TransferPlace place, int status = 0)
    {
        // Where its loop takes no more work, the place is the call's until that ends.
        if (second.Gateway == _first.Gateway)
            place.GiveBack();
        else
            second.Gateway.Loop.Post(place.GiveBack);
        if (status != 0)
            Fail(status);
    }

    /// <summary>The transferor has both calls as they were, if it is still there.</summary>
    private void Fail(int status)
    {
        if (IsDone)
            return;

        IsDone = true;
        _news.Tell(status);
        _first.Log.Add("transfer", $"The attended transfer failed: {status}.");
        if (_transferor.IsGone && !_first.IsOver)
            _first.End(CallEnd.System, 200, $"The attended transfer failed ({status}), and the {_transferor.Name} had hung up.");
    }

    /// <summary>Whether it is a call of the transferor's that is not answered yet.</summary>
    private static bool IsRinging(Call second, CallLeg transferor, ReplacesWish replaces) =>
        second is { IsAnswered: false, MadeFor: null, Caller: { } caller }
        && second.FindLeg(replaces.In(second.Tenant.Id)) == caller && PlaceRequest.WhoIs(caller) == PlaceRequest.WhoIs(transferor);

    /// <summary>RFC 5589 §7.6: while the target rings there is no place to take. The transferor's call is given up, and the target called for the transferee.</summary>
    private static void BeginBlind(CallLeg transferor, CallLeg transferee, ServerTransaction refer, ReferWish wish, Call second)
    {
        if (second.Gateway == transferor.Call.Gateway)
        {
            second.OnCancel();
        }
        else if (!second.Gateway.Loop.Post(second.OnCancel))
        {
            transferor.Call.Gateway.Reply(refer, 503);
            return;
        }

        Transfer.Begin(transferor, transferee, refer, wish with { Number = second.Number, IsSips = second.IsSips });
    }
}
