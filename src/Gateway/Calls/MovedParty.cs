using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>What is taken along of a party that goes on in another call, maybe of another loop, which alone may touch it from then on.</summary>
/// <param name="Dialog">Its dialog with us, which stays.</param>
/// <param name="Flow">The way to it.</param>
/// <param name="Destination">The destination that it is at; null for an extension.</param>
/// <param name="Media">What was agreed on with it, on the ports that it gets.</param>
/// <param name="Terms">What was agreed on about its session's time.</param>
/// <param name="AllowsUpdate">Whether it takes UPDATE.</param>
/// <param name="Places">Give back what is held for it at its destination.</param>
internal sealed record MovedParty(
    Dialog Dialog, SipFlow Flow, Destination? Destination, MediaLeg Media, SessionTerms Terms, bool AllowsUpdate, Func<Task>[] Places);
