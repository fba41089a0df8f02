using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Who comes into a call by an INVITE of its own.</summary>
internal static class Entrant
{
    /// <summary>What is wrong with the INVITE.</summary>
    /// <param name="call">The call.</param>
    /// <param name="invite">The INVITE.</param>
    /// <param name="offer">Its offer.</param>
    public static Refusal? Refusal(Call call, InviteServerTransaction invite, out SessionDescription? offer)
    {
        // What is wrong with it by itself the set-up of calls finds as well.
        if (InviteCheck.WhyNot(invite.Request, out offer) is not 0 and var status)
            return new(status, "The INVITE cannot be taken as it is.");
        if (SessionTerms.Refusal(invite.Request, call.Gateway.Context.Options) is not 0 and var terms)
            return new(terms, "The INVITE's session time is not taken.");
        if (call.IsSips && !SipUri.IsSips(invite.Request.RequestUri))
            return new(480, "The call was made to a SIPS URI, and may be taken by one only.");

        return offer is null ? new(488, "The party that takes the call makes no offer, so that nothing can be agreed on at once.") : null;
    }

    /// <summary>Its media; null when there are no ports.</summary>
    public static MediaLeg? Allocate(Call call, InviteServerTransaction invite, AdmittedRequest admitted)
    {
        var extension = admitted.Requester.Extension!;
        return call.Media.Allocate(invite.Flow, false, extension.MediaEncryption, extension.SrtpSuites, call.Tenant.CodecIdsOf(null));
    }

    /// <summary>The party as if it had been called.</summary>
    public static CallTarget TargetOf(Call call, InviteServerTransaction invite, AdmittedRequest admitted)
    {
        var extension = admitted.Requester.Extension!;
        var agent = HeaderText.Of(invite.Request, SipHeaderName.UserAgent);
        var uri = CallTargets.Uri(extension.Username, call.Domain);
        return new CallTarget
        {
            Party = new CallParty(extension.Username, extension.DisplayName, CallPartyKind.Extension, invite.Flow.RemoteText, agent),
            RequestUri = uri,
            FromUri = CallTargets.From(call),
            ToUri = uri,
            Instance = RegisteredWays.InstanceOf(invite.Request),
            MediaEncryption = extension.MediaEncryption,
            SrtpSuites = extension.SrtpSuites,
            IsRecorded = extension.RecordCalls,
            Path = new OpenPath(invite.Flow),
        };
    }
}
