using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Whether a caller's INVITE can become a call, whoever is called.</summary>
internal static class InviteCheck
{
    /// <summary>Looks for what is wrong with it.</summary>
    /// <param name="gateway">The loop.</param>
    /// <param name="invite">The INVITE.</param>
    /// <param name="offer">Its offer; null for none, or for one that cannot be read.</param>
    /// <param name="dialog">The caller's dialog; null only where something is wrong.</param>
    /// <returns>Null when nothing is.</returns>
    public static Refusal? Read(LoopGateway gateway, InviteServerTransaction invite, out SessionDescription? offer, out Dialog? dialog)
    {
        dialog = null;
        if (Describe(WhyNot(invite.Request, out offer), offer) is { } unreadable)
            return unreadable;

        switch (SessionTerms.Refusal(invite.Request, gateway.Context.Options))
        {
            case 422:
                return new(422, "The session's interval that the INVITE asks for is too short.", gateway.WriteMinSe);
            case not 0 and var status:
                return new(status, "What the INVITE says of its session's time cannot be read.");
        }

        dialog = Dialog.CreateServer(invite.Request, invite.LocalTag, DialogState.Early);
        // RFC 3261 §8.1.1.8
        return dialog is null ? new(400, "The INVITE has no Contact that can be read.") : null;
    }

    /// <summary>The code to refuse an INVITE with for its body, or for what answers it takes; 0 when it may go on.</summary>
    public static int WhyNot(SipMessage request, out SessionDescription? offer)
    {
        offer = null;
        if (!RequestChecks.HasReadableBody(request))
            return 415;
        // RFC 3261 §21.4.7: every answer to an INVITE is SDP.
        if (!RequestChecks.AcceptsSdp(request))
            return 406;
        if (request.Body.IsEmpty)
            return 0;

        offer = CallMedia.Read(request);
        if (offer is null)
            return 400;

        // RFC 3261 §21.4.26: nothing in the offer can be carried.
        return RemoteAudio.Read(offer, out _) == SdpRefusal.None ? 0 : 488;
    }

    private static Refusal? Describe(int status, SessionDescription? offer) => status switch
    {
        0 => null,
        // What is read here every 415 says.
        415 => new(status, "The INVITE's body is of a kind or an encoding that is not read here."),
        406 => new(status, "The caller takes no SDP, and every answer is SDP.", WriteWarning),
        488 => new(status, CallMedia.WhyRefused(offer!), Abilities.WriteReadable),
        _ => new(status, "The INVITE's description of its session cannot be read.", Abilities.WriteReadable),
    };

    // RFC 4475 §3.3.15: a warning tells why nothing fits the caller's Accept.
    private static void WriteWarning(SipWriter writer) =>
        writer.Header(SipHeaderName.Warning, "399 TekSIP-Cloud \"Answers are application/sdp\""u8);
}
