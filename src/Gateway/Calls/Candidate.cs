using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>One leg that may become the callee's: its INVITE, its ports, its offer.</summary>
internal sealed class Candidate(Call call, Fork fork, CallTarget target) : IClientTransactionUser
{
    /// <summary>A destination's challenge is answered once, and once more when its nonce was stale (threats: endless new nonces).</summary>
    private const int MaxChallenges = 2;

    private static readonly byte[] AnsweredElsewhere = [.. "SIP;cause=200;text=\"Call completed elsewhere\""u8];

    private readonly SentAcks _acks = new();
    private InviteClientTransaction? _transaction;
    private Dialog? _dialog;
    private uint _cseq;
    private int _challenges;

    public CallTarget Target => target;

    public MediaLeg? Media { get; private set; }

    public SipFlow? Flow { get; private set; }

    /// <summary>Our offer to it; null when it is to offer.</summary>
    public byte[]? Offer { get; private set; }

    /// <summary>What it said before its answer.</summary>
    public SessionDescription? Early { get; set; }

    /// <summary>Its 2xx.</summary>
    public SipMessage? Answer { get; private set; }

    public byte[] CallId { get; } = call.Gateway.Context.Receiver.NewCallId(call.Gateway.Layer);

    public byte[] LocalTag { get; } = call.Gateway.Ids.NewTag();

    /// <summary>Where it is, for people.</summary>
    public string Address => Flow?.Remote.ToString() ?? "(no way there)";

    private LoopGateway Gateway => call.Gateway;

    public uint NextCSeq() => ++_cseq;

    /// <summary>Finds the way and sends the INVITE.</summary>
    public async Task Begin()
    {
        try
        {
            await FindAndSend();
        }
        catch
        {
            // What fails here costs this candidate; the loop, at whose edge it is logged, knows nothing of the fork.
            fork.OnFailed(this, 500);
            throw;
        }
    }

    private async Task FindAndSend()
    {
        Flow = await FindFlow();
        if (fork.IsSettled)
            return;

        if (Flow is null)
        {
            // RFC 5626 §5.3.1: the flow failed.
            fork.OnFailed(this, 430);
            return;
        }

        Media = call.Media.Allocate(Flow.Remote.Address, target.Destination is not null);
        if (Media is null)
        {
            call.Log.Add("media", "No media ports are left.");
            fork.OnFailed(this, 503);
            return;
        }

        if (call.Offer is { } offer && (Offer = Media.WriteOffer(offer, out _)) is null)
            fork.OnFailed(this, 488);
        else
            Send(null);
    }

    /// <summary>Lets it ring no more.</summary>
    /// <param name="isAnsweredElsewhere">Whether the call goes on without it, so that it is no missed call (RFC 3326).</param>
    public void Cancel(bool isAnsweredElsewhere) => _transaction?.Cancel(isAnsweredElsewhere ? AnsweredElsewhere : default);

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode > 100 && !fork.IsSettled)
            call.OnRinging(this, response);
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 300)
            OnAccepted(response);
        else if (response.StatusCode is 401 or 407)
            OnChallenged(response);
        else
            fork.OnFailed(this, Translate(response.StatusCode));
    }

    public void OnTimeout(ClientTransaction transaction) => fork.OnFailed(this, 408);

    public void OnTransportError(ClientTransaction transaction) => fork.OnFailed(this, 503);

    /// <summary>Acknowledges the answer that won.</summary>
    /// <param name="sdp">Our answer when the callee made the offer.</param>
    public void Acknowledge(byte[]? sdp = null) => Acknowledge(_dialog!, sdp);

    /// <summary>The leg it is from its answer on.</summary>
    public CallLeg ToLeg() => new(call, _dialog!, Flow!, Media!, CallEnd.Callee);

    private async Task<SipFlow?> FindFlow()
    {
        using var deadline = new CancellationTokenSource(Gateway.Context.Options.WriteDeadline, Gateway.Context.Clock);
        try
        {
            return await target.FindFlow(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Send(Action<SipWriter>? credentials)
    {
        Gateway.Context.Counters.Add(call.Tenant.Id, Counter.RequestsForwarded);
        var invite = InviteWriter.Write(Gateway, call, this, Flow!, credentials);
        _transaction = (InviteClientTransaction)Gateway.Layer.SendRequest(Flow!, invite, this);
    }

    private void OnAccepted(SipMessage response)
    {
        // RFC 3261 §13.2.2.4: a repeated 2xx gets the same ACK.
        if (_acks.TrySendAgain(response))
            return;

        var dialog = Dialog.CreateClient(_transaction!.Request, response);
        if (dialog is null)
        {
            fork.OnFailed(this, 502);
            return;
        }

        // The winner repeats its 2xx while the ACK waits for the caller's answer to a late offer.
        if (dialog.Id == _dialog?.Id)
            return;

        if (fork.IsSettled)
        {
            // RFC 3261 §13.2.2.4: it answered too late or a second time: acknowledge and end it at once.
            Acknowledge(dialog, null);
            new CallLeg(call, dialog, Flow!, Media!, CallEnd.Callee).Bye();
            return;
        }

        _dialog = dialog;
        Answer = response.Detach();
        fork.OnAnswered(this);
    }

    private void Acknowledge(Dialog dialog, byte[]? sdp)
    {
        var writer = Gateway.Writer;
        dialog.StartAck(writer, Flow!, Gateway.Ids.NewBranch(), _cseq);
        // RFC 3261 §22.3: the ACK carries the credentials of its INVITE.
        writer.CopyLines(_transaction!.Request, SipHeaderName.Authorization);
        writer.CopyLines(_transaction.Request, SipHeaderName.ProxyAuthorization);
        if (sdp is null)
            writer.End();
        else
            writer.Body("application/sdp"u8, sdp);
        _acks.Send(dialog, Flow!, writer.Written);
    }

    private void OnChallenged(SipMessage response)
    {
        var credentials = _challenges < MaxChallenges && !fork.IsSettled
            ? DestinationCredentials.Answer(call, target, response, mustBeStale: _challenges > 0)
            : null;
        _challenges++;
        if (credentials is not null)
        {
            Send(credentials);
            return;
        }

        call.Log.Add("candidate", $"{target.Party.Number} asks for credentials that are not there or not right.");
        fork.OnFailed(this, 502);
    }

    /// <summary>What a far side's refusal means to our caller: redirections are not followed yet, and its Proxy-Require is ours to meet.</summary>
    private static int Translate(int status) => status switch
    {
        < 400 => 480,
        420 or 421 => 502,
        _ => status,
    };
}
