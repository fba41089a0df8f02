using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Relay;

namespace TekSipCloud.Gateway.Calls;

/// <content>How its party goes on in another call (RFC 5589 §7), on other ports.</content>
internal sealed partial class CallLeg
{
    /// <summary>Requests that pass from this party or to it and are not answered yet.</summary>
    public int Passing { get; set; }

    /// <summary>Whether nothing is under way with it that has to be settled here.</summary>
    /// <param name="isToOtherLoop">Whether answers would come to another loop from then on, and whatever else has its Call-ID.</param>
    public bool MayDepart(bool isToOtherLoop) =>
        !IsChanging && _session is not { Refresh: not null } && (!isToOtherLoop || (Passing == 0 && Gateway.IsOnlyOfItsCallId(this)));

    /// <summary>The party leaves for another call; this leg keeps its figures for the books, and nothing else.</summary>
    public MovedParty Depart(Call other, RelayLeg ports)
    {
        var moved = new MovedParty(dialog, Flow, Destination, media.On(ports), _session?.Terms ?? default, AllowsUpdate, _side == CallEnd.Callee ? _call.TakePlaces() : []);
        _session?.Stop();
        _session = null;
        Realignment = null;
        Gateway.Remove(this);
        _call = other;
        return moved;
    }

    /// <summary>It could not get there.</summary>
    public void ComeBack(Call call, MovedParty moved)
    {
        _call = call;
        Array.ForEach(moved.Places, call.HoldPlace);
        Gateway.Add(this);
        Agree(moved.Terms);
    }

    /// <summary>A party comes into a call in another one's place.</summary>
    public static CallLeg Arriving(Call call, MovedParty moved, CallEnd side, CallTarget target)
    {
        var leg = new CallLeg(call, moved.Dialog, moved.Flow, moved.Media, side) { Destination = moved.Destination, Target = target };
        Array.ForEach(moved.Places, call.OnEnd);
        leg.OpenSession(moved.Terms, moved.AllowsUpdate);
        return leg;
    }
}
