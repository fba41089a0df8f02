using System.Text;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Gateway.Tracing;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// A call: a back-to-back user agent with a caller's leg, candidates, and the leg that answered. Runs on one signalling loop, is
/// mirrored by its grain through the outbox.
/// </summary>
internal sealed partial class Call
{
    private List<Func<Task>>? _onEnd;
    private Fork? _fork;
    private ILoopTimer? _limit;
    private FlowWatch? _watch;

    public Call(LoopGateway gateway, InviteServerTransaction invite, AdmittedRequest admitted, CallSummary summary)
    {
        Gateway = gateway;
        Invite = invite;
        Admitted = admitted;
        Summary = summary;
        Log = new DecisionLog(gateway.Context.Clock);
        MadeFor = (invite.Flow as TransferFlow)?.Transfer;
        Media = MadeFor?.Media.Share() ?? new CallMedia(gateway.Context.Relay);
        IsSips = SipUri.IsSips(invite.Request.RequestUri);
        Routing = new CallRouting(this);
        Reliable = ReliableRinging.Of(this);
        MadeFor?.OnCalled(this);
    }

    public LoopGateway Gateway { get; }

    public InviteServerTransaction Invite { get; }

    public AdmittedRequest Admitted { get; }

    public TenantView Tenant => Admitted.Tenant;

    public Guid Id => Summary.Id;

    public CallSummary Summary { get; private set; }

    public DecisionLog Log { get; }

    public CallMedia Media { get; }

    public CallRouting Routing { get; }

    /// <summary>The domain of the tenant by which the caller called.</summary>
    public required string Domain { get; init; }

    /// <summary>As whom the caller calls.</summary>
    public CallerIdentity Identity { get; set; }

    /// <summary>Whether it was made to a SIPS URI: it goes by TLS on every hop, or not at all (RFC 3261 §26.2.2, RFC 5630 §3.1).</summary>
    public bool IsSips { get; }

    /// <summary>The call for its books.</summary>
    public required CallEntry Entry { get; init; }

    /// <summary>The number dialled.</summary>
    public string Number => Summary.Callee.Number;

    /// <summary>What the caller said of its media: in its INVITE, or in a PRACK since then; null while the callee is to offer.</summary>
    public SessionDescription? Offer { get; set; }

    public CallLeg? Caller { get; set; }

    public CallLeg? Callee { get; private set; }

    /// <summary>What of ours answered in a callee's place; null for every other call.</summary>
    public OwnService? Service { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>What the parties' devices are told of why we hang up (RFC 3326); null for nothing.</summary>
    public byte[]? ByeReason { get; set; }

    /// <summary>Its media as the desk knows it; null before the first look.</summary>
    public MediaWatch? MediaWatch { get; set; }

    public bool IsAnswered => Summary.State == CallState.Answered;

    /// <summary>The same of a leg towards a callee.</summary>
    public void NoteCallee(SipFlow flow, ReadOnlySpan<byte> callId, CallParty party) =>
        CallTraces.NoteCallee(Gateway.Loop, flow, Summary, callId, party);

    /// <summary>Notes that a party is at another address from now on.</summary>
    public void NoteMoved(CallLeg leg)
    {
        if (leg.Side == CallEnd.Caller)
            CallTraces.NoteCaller(Gateway.Loop, leg.Flow, Summary, leg.Dialog.Name.CallId);
        else
            NoteCallee(leg.Flow, leg.Dialog.Name.CallId, Summary.Callee);
    }

    /// <summary>Rings a group of targets for so long; whoever answers first wins. The routing hears the outcome, maybe before this returns.</summary>
    public void Ring(IReadOnlyList<CallTarget> targets, TimeSpan timeout)
    {
        if (IsOver)
        {
            Routing.OnSettled(new ForkOutcome(null, 487));
            return;
        }

        _fork = new Fork(this, targets, timeout);
        _rung = targets[0].Party;
        _fork.Run();
    }

    public void OnSettled(Fork fork, ForkOutcome outcome)
    {
        if (_fork == fork)
            (_fork, _rung) = (null, null);
        // Somebody else took the call over: there is nobody left to look for.
        if (!IsAnswered)
            Routing.OnSettled(outcome);
    }

    /// <summary>Has something given back when the call is over; at once when it is already.</summary>
    public void OnEnd(Func<Task> giveBack)
    {
        if (IsOver)
            GiveBack(giveBack);
        else
            (_onEnd ??= []).Add(giveBack);
    }

    /// <summary>Gives something back behind the call's back.</summary>
    public void GiveBack(Func<Task> giveBack) => _ = Attempt(giveBack);

    /// <summary>Says which destination the call goes out to; null when it goes to an extension after all.</summary>
    public void GoTo(string? destination) => Summary = Summary with { Destination = destination };

    /// <summary>Takes the answer over: books, limits, and the leg that is the callee's from now on.</summary>
    public void OnConnected(CallLeg callee, Candidate winner)
    {
        Callee = callee;
        OnAnswered(winner.Party!, winner.DescribeAnswer());
        Watch(callee.Flow);
        if (IsRecordedWith(winner.Target))
            Record();
    }

    /// <summary>A service of ours answers.</summary>
    public void OnServed(OwnService service)
    {
        Service = service;
        OnAnswered(Summary.Callee with { Name = service.Name }, $"{service.Name} answers.");
    }

    /// <summary>Keeps an eye on the way to a party: a connection, or what another node holds. Datagrams from here have none to be lost.</summary>
    public void Watch(SipFlow flow)
    {
        if ((flow.IsReliable || flow is RemoteFlow) && IsAnswered && !IsOver)
            _watch ??= new FlowWatch(this);
    }

    /// <summary>The flow of another node that a party is, or might come to be, reached by; null when that node's end would not touch the call.</summary>
    public FlowId? WayOver(string node) =>
        WayOver(Caller?.Flow ?? Invite.Flow, node) ?? WayOver(Callee?.Flow, node) ?? _fork?.WayOver(node);

    /// <summary>The name of a flow of that node; null for another way.</summary>
    public static FlowId? WayOver(SipFlow? flow, string node) =>
        flow is RemoteFlow { IsOpen: true, Address.Id: var id } && id.Node == node ? id : null;

    /// <summary>How it goes at this moment.</summary>
    public CallProgress ReadProgress() => new(Caller?.Media.ReadFigures(), Callee?.Media.ReadFigures(), Log.Read());

    /// <summary>RFC 3261 §9.2: the caller gave up.</summary>
    public void OnCancel()
    {
        if (IsOver || IsAnswered)
            return;

        Gateway.Reply(Invite, 487);
        End(CallEnd.Caller, 487, "The caller gave up.");
    }

    /// <summary>The caller's INVITE cannot be answered any more.</summary>
    public void OnCallerLost(TransactionFailure failure)
    {
        // Once the answer is acknowledged the call no longer depends on the connection its INVITE came by.
        if (IsAnswered && Caller is { AwaitsAck: false })
            return;

        End(CallEnd.System, 408, failure == TransactionFailure.Timeout
            ? "The caller did not acknowledge."
            : "The caller's connection was lost.");
    }

    /// <summary>Has something happen later, unless the call is over by then; one thing at a time, the end of an answered call's time included.</summary>
    public void Later(TimeSpan delay, Action<object?> action, object state)
    {
        _limit?.Cancel();
        _limit = Gateway.Loop.Schedule(delay, action, state);
    }

    /// <summary>Answers the caller with a final refusal and ends the call.</summary>
    /// <param name="status">The code.</param>
    /// <param name="reason">Why, in one sentence.</param>
    /// <param name="by">Who refuses.</param>
    /// <param name="headers">What the answer says beside what its code demands.</param>
    public void Refuse(int status, string reason, CallEnd by = CallEnd.System, Action<SipWriter>? headers = null)
    {
        if (IsOver || IsAnswered)
            return;

        Gateway.Reply(Invite, status, writer =>
        {
            if (status == 503)
                writer.Header(SipHeaderName.RetryAfter, LoopGateway.RetryAfterSeconds);
            if (status == 415)
                Abilities.WriteReadable(writer);
            if (status is >= 300 and < 400)
                RedirectContact.Write(writer, Routing.Contacts);
            // RFC 5630 §5.3
            if (Routing.LacksTls && status == 480)
                writer.Header(SipHeaderName.Warning, "380 TekSIP-Cloud \"SIPS Not Allowed\""u8);
            headers?.Invoke(writer);
        });
        End(by, status, reason);
    }

    /// <summary>Somebody at the console or an API ends the call, or the system does since it stops.</summary>
    public void HangUp(string reason, CallEnd by = CallEnd.Operator)
    {
        if (IsAnswered)
            End(by, 200, reason);
        else
            Refuse(480, reason, by);
    }

    /// <summary>Ends the call: both legs, media, books. Harmless when repeated, and when it is for a leg that another one has replaced.</summary>
    /// <param name="by">Who ended it.</param>
    /// <param name="status">The final code of the INVITE.</param>
    /// <param name="reason">Why, in one sentence.</param>
    /// <param name="origin">The leg that ended it by BYE and needs none.</param>
    public void End(CallEnd by, int status, string reason, CallLeg? origin = null)
    {
        if (IsOver || origin is { IsParty: false })
            return;

        IsOver = true;
        _limit?.Cancel();
        _watch?.Stop();
        _fork?.Stop();
        Reliable?.Stop();
        _recording?.End();
        Log.End(reason);
        Transfer?.OnCallOver();
        // Once more: what a long call noted at its beginning may be forgotten by now.
        NoteCaller();
        if (Callee is { } callee)
            NoteCallee(callee.Flow, callee.Dialog.Name.CallId, Summary.Callee);
        (Caller?.Reinvite ?? Callee?.Reinvite)?.OnCallOver();
        Leave(Caller, origin);
        Leave(Callee, origin);
        Write(by, IsAnswered ? 200 : status, reason);
        GiveMediaBack();
        GivePlacesBack();
        _onEnd?.ForEach(GiveBack);
        Invite.LetGo();
    }

    private void Leave(CallLeg? leg, CallLeg? origin)
    {
        // Who was transferred goes on in another call.
        if (leg is null || leg.Call != this)
            return;

        if (leg != origin && IsAnswered)
            leg.Bye();
        leg.Leave();
    }

    private void Write(CallEnd by, int status, string reason)
    {
        var context = Gateway.Context;
        var record = new CallRecord
        {
            Call = Summary,
            Ended = context.Clock.GetUtcNow(),
            Status = status,
            EndedBy = by,
            Reason = reason,
            CallerMedia = Caller?.Media.ReadFigures(),
            CalleeMedia = Callee?.Media.ReadFigures(),
            Decisions = Log.Read(),
        };
        context.Outbox.End(Entry, record);
        context.Calls.Remove(this);
        context.Counters.Add(Tenant.Id, Counter.ActiveSessions, -1);
        if (!IsAnswered)
            context.Counters.Add(Tenant.Id, Counter.FailedCalls);
    }

    private async Task Attempt(Func<Task> giveBack)
    {
        try
        {
            await giveBack();
        }
        catch (Exception e)
        {
            LogNotGivenBack(Gateway.Context.Loggers.CreateLogger<Call>(), Id, e);
        }
    }

    private void OnAnswered(CallParty callee, string line)
    {
        Summary = Summary with { Callee = callee, Answered = Gateway.Context.Clock.GetUtcNow(), State = CallState.Answered };
        Reliable?.OnAnswered();
        Log.Add("answer", line);
        Gateway.Context.Outbox.Progress(Entry, Summary);
        Gateway.Context.Counters.Add(Tenant.Id, Counter.SuccessfulCalls);
        Watch(Invite.Flow);
        Gateway.Media.Begin();
        if (Tenant.Settings.MaxSessionDuration is { } limit && limit > TimeSpan.Zero)
            CallEndWarning.Schedule(this, limit);
    }

    /// <summary>Its time is over.</summary>
    public void OnLimit() => End(CallEnd.System, 200, "The tenant's maximum session duration was reached.");

    /// <summary>The call for logs.</summary>
    public override string ToString() => $"{Id:N} {Encoding.UTF8.GetString(Invite.Request.CallId)} {FlowAddresses.TransportOf(Invite.Flow.Protocol)}";

    [LoggerMessage(4032, LogLevel.Warning, "Call {Call}: its place at a destination could not be given back")]
    private static partial void LogNotGivenBack(ILogger logger, Guid call, Exception exception);
}
