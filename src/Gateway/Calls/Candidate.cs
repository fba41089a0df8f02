using System.Runtime.ExceptionServices;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Gateway.Trunks;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>One leg that may become the callee's: its INVITE, its ports, its offer. A server that fails hands over to the next (RFC 3263 §4.3).</summary>
internal sealed partial class Candidate(Call call, Fork fork, CallTarget target) : IClientTransactionUser
{
    private InviteClientTransaction? _transaction;
    private bool _isAcknowledged;
    private ILoopTimer? _silence;
    private Dialog? _dialog;
    private CallLeg? _early;

    public CallTarget Target => target;

    /// <summary>How many branches its call may have at a time further on (RFC 5393).</summary>
    public uint Breadth => fork.BreadthOfBranch;

    public MediaLeg? Media { get; private set; }

    public SipFlow? Flow { get; private set; }

    /// <summary>Our offer to it; null when it is to offer.</summary>
    public byte[]? Offer { get; private set; }

    /// <summary>What it said before its answer.</summary>
    public SessionDescription? Early { get; set; }

    /// <summary>The description in its 2xx, or what it said before when that has none.</summary>
    public SessionDescription? Answer { get; private set; }

    /// <summary>What its 2xx says of its session's time.</summary>
    public SessionTerms Session { get; private set; }

    /// <summary>Whether its 2xx says that it takes UPDATE.</summary>
    public bool AllowsUpdate { get; private set; }

    /// <summary>The shortest session interval that it takes (RFC 4028 §5); 0 when it has not said.</summary>
    public uint MinSe { get; private set; }

    /// <summary>Who answered.</summary>
    public CallParty? Party { get; private set; }

    public byte[] CallId { get; } = call.Gateway.Context.Receiver.NewCallId(call.Gateway.Layer);

    public byte[] LocalTag { get; } = call.Gateway.Ids.NewTag();

    /// <summary>The number of its INVITE: the same for each server (RFC 3263 §4.3), another one with credentials (RFC 3261 §22.2).</summary>
    public uint CSeq { get; private set; } = 1;

    /// <summary>Where it is, for people.</summary>
    public string Address => Flow?.RemoteText ?? "(no way there)";

    private LoopGateway Gateway => call.Gateway;

    /// <summary>Finds the way and sends the INVITE.</summary>
    // RFC 5626 §5.3.1: 430, the flow failed.
    public void Begin() => TryNext(430);

    /// <summary>Lets it ring no more.</summary>
    /// <param name="isAnsweredElsewhere">Whether the call goes on without it, so that it is no missed call (RFC 3326).</param>
    public void Cancel(bool isAnsweredElsewhere)
    {
        _silence?.Cancel();
        CloseEarly();
        _transaction?.Cancel(isAnsweredElsewhere ? AnsweredElsewhere : default);
    }

    /// <summary>Acknowledges the answer that won.</summary>
    /// <param name="sdp">Our answer when the callee made the offer.</param>
    public void Acknowledge(byte[]? sdp = null)
    {
        if (_isAcknowledged)
            return;

        _isAcknowledged = true;
        Acknowledge(_transaction!, _dialog!, sdp);
    }

    /// <summary>The leg it is from its answer on.</summary>
    public CallLeg ToLeg() => ToLeg(_dialog!);

    private CallLeg ToLeg(Dialog dialog) =>
        new(call, dialog, Flow!, Media!, CallEnd.Callee) { Destination = target.Destination?.Destination, Target = target };

    /// <summary>Takes the next way; when none is left, the candidate has failed with a status.</summary>
    private void TryNext(int status)
    {
        if (!fork.IsOpen(this))
            return;

        try
        {
            if (target.Path.TryNext(out var flow))
                Take(flow, status);
            else
                _ = FindNext(status);
        }
        catch (Exception e)
        {
            OnFault(e);
        }
    }

    private async Task FindNext(int status)
    {
        try
        {
            Take(await FindFlow(), status);
        }
        catch (Exception e)
        {
            OnFault(e);
        }
    }

    /// <summary>What fails costs this candidate; the loop, at whose edge it is logged, knows nothing of the fork.</summary>
    private void OnFault(Exception fault)
    {
        fork.OnFailed(this, 500);
        Gateway.Loop.Post(static (fault, _) => ExceptionDispatchInfo.Throw((Exception)fault!), fault);
    }

    private async Task<SipFlow?> FindFlow()
    {
        using var deadline = new CancellationTokenSource(Gateway.Context.Options.WriteDeadline, Gateway.Context.Clock);
        try
        {
            return await target.Path.Next(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Take(SipFlow? flow, int status)
    {
        if (!fork.IsOpen(this))
            return;

        if (flow is null)
        {
            fork.OnFailed(this, status);
            return;
        }

        Flow = flow;
        _challenges = 0;
        if (HasPorts() && HasOffer())
            Send(credentials: null);
    }

    private bool HasPorts()
    {
        // Another server may be of another address family, or be reached by another interface.
        if (Media is { } former)
            call.Media.Release(former);
        Early = null;
        var codecIds = call.Tenant.CodecIdsOf(target.Destination?.Destination);
        Media = call.Media.Allocate(Flow!, target.Destination is not null, target.MediaEncryption, target.SrtpSuites, codecIds);
        if (Media is not null)
            return true;

        call.Log.Add("media", call.Media.Shortage);
        fork.OnFailed(this, 503);
        return false;
    }

    private bool HasOffer()
    {
        if (call.IsG711With(target))
            Media!.DemandG711();
        var refusal = SdpRefusal.None;
        if (call.Offer is not { } offer || (Offer = Media!.WriteOffer(offer, out refusal)) is not null)
            return true;

        if (refusal == SdpRefusal.NoG711)
            call.Log.Add("recording", "The call has to be recorded, and the caller offers no G.711.");

        fork.OnFailed(this, 488);
        return false;
    }

    private void Send(Action<SipWriter>? credentials)
    {
        OffersReliability = MayOfferReliability;
        InviteWriter.Write(Gateway, call, this, Flow!, credentials);
        var length = Gateway.Writer.Written.Length;
        if (length > LargeRequests.MaxDatagram && !Flow!.IsReliable && target.Path.MayChangeTransport)
            _ = SendLarge(length, credentials);
        else
            SendWritten();
    }

    private async Task SendLarge(int length, Action<SipWriter>? credentials)
    {
        try
        {
            await ChangeTransport(length);
            if (!fork.IsOpen(this))
                return;

            InviteWriter.Write(Gateway, call, this, Flow!, credentials);
            SendWritten();
        }
        catch (Exception e)
        {
            OnFault(e);
        }
    }

    private void SendWritten()
    {
        Gateway.Context.Counters.Add(call.Tenant.Id, Counter.RequestsForwarded);
        call.NoteCallee(Flow!, CallId, target.Party);
        _transaction = (InviteClientTransaction)Gateway.Layer.SendRequest(Flow!, Gateway.Writer, this);
        if (target.Path.HasNext || !target.IsLast)
            _silence = Gateway.Loop.Schedule(Gateway.Context.Options.TargetTimeout, static self => ((Candidate)self!).OnSilence(), this);
    }

    /// <summary>RFC 3261 §18.1.1: what may not fit a datagram goes by TCP, and by UDP all the same where there is none.</summary>
    private async Task ChangeTransport(int length)
    {
        var stream = await Gateway.Context.LargeRequests.FindStream(Flow!.Remote, length);
        call.Log.Add("target", stream is not null
            ? $"The INVITE of {length} bytes goes to {Flow.Remote} by TCP."
            : $"The INVITE of {length} bytes goes to {Flow.Remote} by UDP, though it may not arrive: there is no answer by TCP.");
        Flow = stream ?? Flow;
    }
}
