using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// A place in a call, with ports, that is kept for a party of another call by an attended transfer: from when it may be had until that one has come or does
/// not come. Meanwhile nobody else takes it, nothing is changed, and the transferor may hang up.
/// </summary>
internal sealed class TransferPlace : ITransfer
{
    private readonly Call _call;
    private readonly CallLeg _replaced;
    private readonly CallLeg _target;
    private readonly PlaceRequest _request;
    private readonly (SessionDescription ToTarget, SessionDescription ToParty) _sound;

    private TransferPlace(CallLeg replaced, CallLeg target, PlaceRequest request, RelayLeg relay, (SessionDescription, SessionDescription) sound)
    {
        (_call, _replaced, _target, _request, _sound) = (replaced.Call, replaced, target, request, sound);
        Relay = relay;
    }

    /// <summary>The ports for who comes.</summary>
    public RelayLeg Relay { get; }

    public bool IsDone { get; private set; }

    public bool Outlives(CallLeg leg) => leg == _replaced && !IsDone;

    public void OnCallOver() => IsDone = true;

    /// <summary>Keeps a place; null where it is not to be had.</summary>
    /// <param name="call">The call, of this loop.</param>
    /// <param name="request">Whose place, and for whom.</param>
    /// <param name="status">What the transferor is told then.</param>
    public static TransferPlace? Reserve(Call call, PlaceRequest request, out int status)
    {
        var replaced = call.FindLeg(request.Replaces.In(call.Tenant.Id));
        status = WhyNot(replaced, request);
        if (status != 0)
            return null;

        var target = replaced!.Peer!;
        if (Agree(target, request) is not { } sound)
            status = 488;
        else if (call.Media.Reserve(request.Flow) is not { } relay)
            status = 503;
        else
            return Keep(new TransferPlace(replaced, target, request, relay, sound));
        return null;
    }

    /// <summary>The party comes: both that speak from now on are told so, and the one replaced gets BYE.</summary>
    public void Take(MovedParty moved)
    {
        var isLate = IsDone;
        IsDone = true;
        var leg = CallLeg.Arriving(_call, moved, _replaced.Side, _request.Party);
        if (isLate)
        {
            // The target hung up while it came: there is nobody left to speak with.
            leg.Bye();
            leg.Leave();
            return;
        }

        Tune(leg);
        var party = _request.Party.Party;
        _call.OnReplaced(_replaced, leg, $"{party.Number} at {party.Address} comes into the {_replaced.Name}'s place (REFER with Replaces).");
        _target.Media.StopPlaying();
        Realignment.Begin(_target, _sound.ToParty);
        Realignment.Begin(leg, _sound.ToTarget);
    }

    /// <summary>Nobody comes: the transferor keeps its place, if it is still there.</summary>
    public void GiveBack()
    {
        if (IsDone)
            return;

        IsDone = true;
        _call.Media.Release(Relay);
        if (_replaced.IsGone)
            _call.End(CallEnd.System, 200, $"Nobody came into the {_replaced.Name}'s place, and it had hung up.");
    }

    private static TransferPlace Keep(TransferPlace place)
    {
        place._call.Transfer = place;
        return place;
    }

    private static int WhyNot(CallLeg? replaced, PlaceRequest request) =>
        replaced is null ? 481
        : PlaceRequest.WhoIs(replaced) != request.Owner ? 403
        : replaced.Call.Admitted.IsOriginationOnly ? 603
        : LegReplacement.WhyNot(replaced, request.Replaces)?.Status ?? 0;

    private static (SessionDescription ToTarget, SessionDescription ToParty)? Agree(CallLeg target, PlaceRequest request) =>
        target.Media.Said is { } said && PartyOffer.TryMake(said, out var offer)
        && JointAnswer.TryAgree(offer, request.Sound, target.Call.IsRecordedWith(request.Party), out var toTarget, out var toParty)
            ? (toTarget, toParty)
            : null;

    /// <summary>By which payload types the two speak: both are told by offers of ours.</summary>
    private void Tune(CallLeg leg)
    {
        if (_call.IsRecordedWith(_request.Party))
        {
            leg.Media.DemandG711();
            _target.Media.DemandG711();
        }

        leg.Media.Translate(_sound.ToParty, leg.Media.Said!);
        _target.Media.Translate(_sound.ToTarget, _target.Media.Said!);
    }
}
