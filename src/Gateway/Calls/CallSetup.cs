using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Takes a caller's INVITE to the first answer or the final refusal.</summary>
internal static partial class CallSetup
{
    /// <summary>Checks what can be checked at once, opens the books and starts to look for the callee.</summary>
    /// <param name="gateway">The loop.</param>
    /// <param name="invite">The caller's INVITE.</param>
    /// <param name="admitted">Who calls.</param>
    /// <param name="known">Why nobody is to be looked for; null when somebody is.</param>
    public static void Begin(LoopGateway gateway, InviteServerTransaction invite, AdmittedRequest admitted, Refusal? known = null)
    {
        var context = gateway.Context;
        if (!context.Outbox.HasRoom)
        {
            gateway.Reply(invite, 503, static w => w.Header(SipHeaderName.RetryAfter, LoopGateway.RetryAfterSeconds));
            return;
        }

        var wrong = InviteCheck.Read(gateway, invite, out var offer, out var dialog);
        var summary = CallSummaries.Of(gateway, invite, admitted);
        var domain = DomainOf(invite.Request, admitted.Tenant);
        var call = new Call(gateway, invite, admitted, summary)
        {
            Offer = offer,
            Domain = domain.Name,
            Entry = context.Outbox.Open(summary),
        };
        invite.UserState = call;
        context.Calls.Add(call);
        call.NoteCaller();
        context.Counters.Add(call.Tenant.Id, Counter.ActiveSessions);
        call.Log.Add("tenant", domain.Ownership);
        call.Log.Add("authentication", admitted.Proof);
        try
        {
            if (wrong is { } mistake)
                call.Refuse(mistake.Status, mistake.Reason, headers: mistake.Headers);
            else if (CallerIdentification.TryIdentify(call) && TryOpenCaller(call, dialog!))
                Search(call, known);
        }
        catch (Exception e)
        {
            OnFailed(call, e);
        }
    }

    private static void Search(Call call, Refusal? known)
    {
        if (known is { } why)
            call.Refuse(why.Status, why.Reason);
        else
            call.Routing.Begin();
    }

    /// <summary>The search for the callee has come to its end.</summary>
    public static void OnRouted(Call call, ForkOutcome outcome)
    {
        try
        {
            // RFC 3262 §3: no 2xx while a description waits for its PRACK.
            if (outcome.Winner is { } waiting && call.Reliable is { MustWait: true } reliable)
                Wait(call, reliable, waiting, outcome);
            else if (outcome.Winner is { } winner)
                Connect(call, winner);
            else
                RefusalAnnouncement.Refuse(call, outcome.Status);
        }
        catch (Exception e)
        {
            OnFailed(call, e);
        }
    }

    // By itself: what the lambda captures is made where a method begins, and most calls have no use for it.
    private static void Wait(Call call, ReliableRinging reliable, Candidate winner, ForkOutcome outcome)
    {
        reliable.OnAcknowledged(() => OnRouted(call, outcome));
        call.Await(winner.ToLeg());
        // It need not repeat its answer meanwhile; one that offers has its answer only from the caller.
        if (winner.Offer is not null || winner.IsSettled)
            winner.Acknowledge();
    }

    /// <summary>A grain or storage does not answer in time: 503 so that the caller tries again, never silence.</summary>
    public static void OnFailed(Call call, Exception e)
    {
        LogFailed(call.Gateway.Context.Loggers.CreateLogger<Call>(), call, e);
        if (call.IsAnswered)
            call.End(CallEnd.System, 500, "The call could not be connected.");
        else
            call.Refuse(503, "The service could not look the callee up in time.");
    }

    private static bool TryOpenCaller(Call call, Dialog dialog)
    {
        var requester = call.Admitted.Requester;
        if (AllocateCaller(call) is not { } media)
        {
            call.Refuse(503, call.Media.Shortage);
            return false;
        }

        call.Caller = new CallLeg(call, dialog, call.Invite.Flow, media, CallEnd.Caller) { Destination = requester.Destination };
        call.Gateway.Add(call.Caller);
        if (call.LacksG711)
        {
            call.Refuse(488, "The caller offers no G.711, the only sound that its domain carries.");
            return false;
        }

        // A transferee has its media already, and says of them what it has to when the target has answered.
        if (call.MadeFor is not null || call.Offer is not { } offer || media.HearOffer(offer, call.Invite.Flow.Remote.Address))
            return true;

        call.Refuse(488, CallMedia.WhyRefused(offer));
        return false;
    }

    private static MediaLeg? AllocateCaller(Call call)
    {
        if (call.MadeFor is { } transfer)
            return transfer.TransfereeMedia;

        var requester = call.Admitted.Requester;
        var codecIds = call.Tenant.CodecIdsOf(requester.Destination);
        return call.Media.Allocate(call.Invite.Flow, requester.Destination is not null, requester.MediaEncryption, requester.SrtpSuites, codecIds);
    }

    /// <summary>The winner's answer becomes ours to the caller; with a late offer, the winner's offer does (RFC 3261 §13.2.1).</summary>
    private static void Connect(Call call, Candidate winner)
    {
        var caller = call.Caller!;
        if (winner.IsSettled && !call.IsOver)
        {
            ConnectSettled(call, winner);
            return;
        }

        var said = winner.Answer;
        var source = winner.Flow!.Remote.Address;
        var isOffer = winner.Offer is null;
        // An offer to a caller that has agreed to another one's before (RFC 3262 §5) cannot pass any more.
        var isHeard = said is not null && (!isOffer || call.Offer is null)
            && (isOffer ? winner.Media!.HearOffer(said, source) : winner.Media!.HearAnswer(said, source));
        var refusal = SdpRefusal.None;
        if (call.IsG711With(winner.Target))
            caller.Media.DemandG711();
        var sdp = !isHeard || said is null ? null
            : isOffer ? caller.Media.WriteOffer(said, out refusal)
            : caller.Media.WriteAnswer(said, call.Offer!, out refusal);
        var callee = call.Callee ?? winner.ToLeg();
        if (sdp is null || call.IsOver)
        {
            winner.Acknowledge();
            callee.Bye();
            if (said is not null && !isHeard && winner.Target.MediaEncryption == MediaEncryption.Required)
                call.Refuse(488, "The callee does not encrypt its media as it has to.");
            else if (refusal == SdpRefusal.NoG711)
                call.Refuse(488, $"The call has to be {(call.Admitted.IsOriginationOnly ? "G.711" : "recorded")}, and the callee speaks no G.711.");
            else
                call.Refuse(502, "The callee's answer has no media that can be carried.");
            return;
        }

        Open(call, winner, callee);
        if (!isOffer)
        {
            winner.Acknowledge();
            call.AcceptCaller(sdp, said!);
            call.MadeFor?.OnAnswered(said!);
        }
        else
        {
            AcceptWithOffer(call, winner, said!, sdp);
        }
    }

    /// <summary>The winner's offer and the caller's answer have passed before the winner's answer (RFC 3262 §5).</summary>
    private static void ConnectSettled(Call call, Candidate winner)
    {
        Open(call, winner, call.Callee ?? winner.ToLeg());
        winner.Acknowledge();
        call.Caller!.Accept(call.Invite, null);
    }

    private static void Open(Call call, Candidate winner, CallLeg callee)
    {
        call.Gateway.Add(callee);
        call.Media.Join(call.Caller!.Media, callee.Media);
        call.OnConnected(callee, winner);
        callee.OpenSession(winner.Session, winner.AllowsUpdate);
        OnMediaAgreed(call);
    }

    private static void AcceptWithOffer(Call call, Candidate winner, SessionDescription offer, byte[] sdp)
    {
        call.Callee!.OwedAck = () => winner.Acknowledge();
        call.Caller!.Accept(call.Invite, sdp, ack => OnLateAnswer(call, winner, offer, ack));
    }

    private static void OnLateAnswer(Call call, Candidate winner, SessionDescription offer, SipMessage ack)
    {
        if (call.IsOver)
            return;

        var answer = CallMedia.Read(ack);
        var isHeard = answer is not null && call.Caller!.Media.HearAnswer(answer, call.Caller.Flow.Remote.Address);
        var sdp = isHeard ? call.Callee!.Media.WriteAnswer(answer!, offer, out _) : null;
        call.Callee!.OwedAck = null;
        winner.Acknowledge(sdp);
        OnMediaAgreed(call);
        if (sdp is null)
            call.End(CallEnd.System, 200, "The caller's acknowledgement has no answer to the callee's offer.");
    }

    private static void OnMediaAgreed(Call call)
    {
        var (caller, callee) = (call.Caller!.Media.Encryption, call.Callee!.Media.Encryption);
        if (caller is not null || callee is not null)
            call.Log.Add("media", $"Encryption: {caller ?? "none"} with the caller, {callee ?? "none"} with the callee.");
    }

    private static TenantDomain DomainOf(SipMessage request, TenantView tenant) =>
        tenant.FindDomain(request.TryGetRequestUri(out var uri, out _) ? uri.Host.Trim("[]"u8) : []);

    [LoggerMessage(4031, LogLevel.Warning, "Call {Call} could not be set up")]
    private static partial void LogFailed(ILogger logger, Call call, Exception exception);
}
