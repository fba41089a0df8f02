using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Our refresh of a leg's session (RFC 4028 §7.4): UPDATE without an offer where the peer takes that, else a re-INVITE that offers again what
/// the peer was told before.
/// </summary>
internal sealed class SessionRefresh : IClientTransactionUser
{
    /// <summary>How often a refresh is sent again for a longer interval (RFC 4028 §7.3).</summary>
    private const int MaxLonger = 2;

    /// <summary>How often a challenge is answered: once, and once more for a nonce that was too old (RFC 7616 §3.3).</summary>
    private const int MaxChallenges = 2;

    private readonly CallLeg _leg;
    private readonly SessionTimer _timer;
    private InviteClientTransaction? _invite;
    private byte[]? _offer;
    private uint _cseq;
    private int _longer;
    private int _challenges;
    private Action<SipWriter>? _credentials;
    private bool _isAgreed;

    private SessionRefresh(CallLeg leg, SessionTimer timer)
    {
        _leg = leg;
        _timer = timer;
    }

    /// <summary>Whether it has an offer that the peer has not answered yet (RFC 3264 §4: one at a time).</summary>
    public bool IsOffering => _offer is not null;

    private LoopGateway Gateway => _leg.Call.Gateway;

    /// <summary>Makes one to be sent; null when the leg has something under way that has to be over first.</summary>
    public static SessionRefresh? Prepare(CallLeg leg, SessionTimer timer)
    {
        var refresh = new SessionRefresh(leg, timer);
        return leg.AllowsUpdate || refresh.HasOffer() ? refresh : null;
    }

    public void Send()
    {
        Write();
        if (_leg.IsTooLong)
            SendByStream();
        else
            SendWritten();
    }

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 300)
            OnAgreed(response);
        else
            OnRefused(response);
    }

    public void OnTimeout(ClientTransaction transaction) => _timer.OnGone(408);

    public void OnTransportError(ClientTransaction transaction) => _timer.OnRefused(null);

    /// <summary>RFC 4028 §7.4: what says that nothing changes, for which nothing else may be under way (RFC 3261 §14.1).</summary>
    private bool HasOffer()
    {
        var peer = _leg.Peer;
        if (_leg.IsChanging || peer is { IsChanging: true })
            return false;

        var said = _leg.Call.Service is not null ? LocalAnswer.Offer : peer?.Media.Said;
        _offer = said is null ? null : _leg.Media.WriteOffer(said, out _);
        return _offer is not null;
    }

    private void SendWritten()
    {
        var transaction = _leg.Send(this);
        _invite = transaction as InviteClientTransaction;
    }

    // By itself: what the lambdas capture is made where a method begins, and short requests have no use for it.
    private void SendByStream() => _ = _leg.SendByStream(SendLong, () => _timer.OnRefused(null));

    private void SendLong()
    {
        if (_timer.IsStopped)
            return;

        Write();
        SendWritten();
    }

    private void Write()
    {
        var writer = Gateway.Writer;
        _cseq = _leg.StartRequest(_offer is null ? SipMethod.Update : SipMethod.Invite);
        Gateway.WriteContact(writer, _leg.Flow, _leg.Dialog.NeedsSipsContact, _leg.Destination);
        _leg.WriteSession();
        _credentials?.Invoke(writer);
        if (_offer is null)
            writer.End();
        else
            writer.Body("application/sdp"u8, _offer);
    }

    private void OnAgreed(SipMessage response)
    {
        // A repeated 2xx gets its ACK by the transaction.
        if (_isAgreed)
            return;

        _isAgreed = true;
        if (_invite is not null)
            Acknowledge();
        if (_timer.IsStopped)
            return;

        _leg.Dialog.TakeResponse(response);
        // Keys may be new in it, or the address (RFC 3264 §8).
        if (_offer is not null && CallMedia.Read(response) is { } answer)
            _leg.Media.HearAnswer(answer, _leg.Flow.Remote.Address, relearn: true);
        _timer.OnRefreshed();
        _leg.TakeSession(response);
    }

    private void Acknowledge()
    {
        var writer = Gateway.Writer;
        _leg.Dialog.StartAck(writer, _leg.Flow, Gateway.Ids.NewBranch(), _cseq);
        // RFC 3261 §22.3: the ACK carries the credentials of its INVITE.
        writer.CopyLines(_invite!.Request, SipHeaderName.Authorization);
        writer.CopyLines(_invite.Request, SipHeaderName.ProxyAuthorization);
        writer.End();
        _invite.Acknowledge(_leg.Flow, _leg.Dialog.RemoteTag, writer.Written);
    }

    private void OnRefused(SipMessage response)
    {
        if (_timer.IsStopped)
            return;

        switch (response.StatusCode)
        {
            case 408 or 481:
                _timer.OnGone(response.StatusCode);
                break;
            case 401 or 407:
                OnChallenged(response);
                break;
            case 422 when _longer++ < MaxLonger:
                _timer.Prolong(SessionTerms.MinSeOf(response));
                // A new request, which may be challenged anew: a nonce's count must not come twice (RFC 7616 §3.4).
                (_credentials, _challenges) = (null, 0);
                Send();
                break;
            case 405 or 501 when _offer is null:
                // RFC 3311 §5.1: Allow was not true; the next one is a re-INVITE.
                _leg.ForgetUpdate();
                _timer.OnRefused(TimeSpan.Zero);
                break;
            case 491:
                _timer.OnRefused(Glare.BackOff(_leg));
                break;
            default:
                _timer.OnRefused(null);
                break;
        }
    }

    /// <summary>RFC 3261 §22.2: once more with the account that the destination knows us by, and the next number.</summary>
    private void OnChallenged(SipMessage response)
    {
        var method = _offer is null ? SipMethod.Update : SipMethod.Invite;
        _credentials = _challenges < MaxChallenges
            ? DestinationCredentials.Answer(_leg, method, response.Detach(), mustBeStale: _challenges > 0)
            : null;
        _challenges++;
        if (_credentials is null)
            _timer.OnChallenged();
        else
            Send();
    }
}
