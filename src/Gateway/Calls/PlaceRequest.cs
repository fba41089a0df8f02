using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>What a call is asked for by an attended transfer: a place of the transferor's, for a party of another call.</summary>
/// <param name="Replaces">The dialog whose place it is.</param>
/// <param name="Owner">Whose that has to be: nobody gives away what is another's.</param>
/// <param name="Flow">The way to the party that comes.</param>
/// <param name="Party">The party that comes.</param>
/// <param name="Sound">What it speaks.</param>
internal sealed record PlaceRequest(
    ReplacesWish Replaces, (string? Username, string? Destination) Owner, SipFlow Flow, CallTarget Party, SessionDescription Sound)
{
    /// <summary>Whose a leg is: an extension's or a destination's.</summary>
    public static (string? Username, string? Destination) WhoIs(CallLeg leg) => (leg.Username, leg.Destination?.Name);
}
