using System.Globalization;
using System.Text;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <content>What comes of its INVITEs.</content>
internal sealed partial class Candidate
{
    /// <summary>A destination's challenge is answered once, and once more when its nonce was stale (threats: endless new nonces).</summary>
    private const int MaxChallenges = 2;

    private static readonly byte[] AnsweredElsewhere = [.. "SIP;cause=200;text=\"Call completed elsewhere\""u8];

    private int _challenges;

    /// <summary>The line of the decision log that says that it rings.</summary>
    public string DescribeRinging(int status) =>
        target.Known?.Ringing(Address, status) ?? KnownDevice.DescribeRinging(target.Party.Number, Address, status);

    /// <summary>The line of the decision log that says that it answered.</summary>
    public string DescribeAnswer() => target.Known?.Answered(Address) ?? KnownDevice.DescribeAnswer(target.Party.Number, Address);

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
        // A server that was given up and speaks after all gets its CANCEL by the transaction.
        if (transaction != _transaction)
            return;

        OnHeard();
        if (response.StatusCode <= 100 || !fork.IsOpen(this))
            return;

        if (IsReliable(response, out var rseq))
            OnReliable(transaction, response, rseq);
        else
            OnRinging(transaction, response, Offer is null ? null : ReadEarly(response));
    }

    private void OnRinging(ClientTransaction transaction, SipMessage response, SessionDescription? early)
    {
        OpenEarly(transaction, response);
        call.OnRinging(this, response.StatusCode, early);
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 300)
        {
            OnAccepted((InviteClientTransaction)transaction, response);
        }
        else if (transaction == _transaction)
        {
            if (response.StatusCode == 503)
            {
                Fail("answers 503", 503, RetryAfter(response));
                return;
            }

            OnHeard();
            // RFC 3261 §12.3: whatever comes of it, the dialogs of this INVITE are over.
            CloseEarly();
            _reliable = null;
            if (response.StatusCode is 401 or 407)
                OnChallenged(response);
            else if (response.StatusCode == 422 && MinSe == 0 && fork.IsOpen(this))
                OnTooBrief(response);
            else if (response.StatusCode < 400 && fork.IsOpen(this))
                fork.OnRedirected(this, response.StatusCode, RedirectContact.Read(response, this));
            else
                fork.OnFailed(this, Translate(response.StatusCode));
        }
    }

    public void OnTimeout(ClientTransaction transaction)
    {
        if (transaction == _transaction)
            Fail("does not answer", 408);
    }

    public void OnTransportError(ClientTransaction transaction)
    {
        if (transaction == _transaction)
            Fail("cannot be reached", 503);
    }

    /// <summary>Not a word within the time that a server has while something else can be tried.</summary>
    private void OnSilence()
    {
        // RFC 3261 §9.1: the CANCEL waits for the first sign of life.
        _transaction?.Cancel();
        Fail($"says nothing within {Gateway.Context.Options.TargetTimeout.TotalSeconds:0.#} s", 408);
    }

    private void OnHeard()
    {
        _silence?.Cancel();
        target.Path.OnHeard();
    }

    /// <summary>RFC 3263 §4.3: on time-out, transport error and 503 the next server gets the same request in a new transaction.</summary>
    private void Fail(string reason, int status, TimeSpan? retryAfter = null)
    {
        _silence?.Cancel();
        CloseEarly();
        _reliable = null;
        target.Path.OnFailed(reason, retryAfter);
        if (!fork.IsOpen(this) || !target.Path.HasNext)
        {
            fork.OnFailed(this, status);
            return;
        }

        _transaction = null;
        TryNext(status);
    }

    private void OnAccepted(InviteClientTransaction transaction, SipMessage response)
    {
        var isPresent = transaction == _transaction;
        if (isPresent)
            OnHeard();
        var dialog = Confirm(transaction, response);
        if (dialog is null)
        {
            if (isPresent)
                fork.OnFailed(this, 502);
            return;
        }

        // The winner repeats its 2xx while the ACK waits for the caller's answer to a late offer.
        if (_dialog is { } winning && winning.Name.Is(dialog.Name))
            return;

        if (!fork.IsOpen(this) || !isPresent)
        {
            // RFC 3261 §13.2.2.4: it answered too late or a second time: acknowledge and end it at once.
            Acknowledge(transaction, dialog, null);
            new CallLeg(call, dialog, transaction.Flow, Media!, CallEnd.Callee).Bye();
            return;
        }

        var early = FindReliable(dialog.Name);
        CloseEarly();
        _dialog = dialog;
        // RFC 3261 §13.2.1: what a dialog has said reliably is its answer, whatever its 2xx says.
        Answer = early?.Said ?? CallMedia.Read(response) ?? Early;
        IsSettled = early is { IsSettled: true };
        Session = SessionTerms.Answered(response) with { MinSe = MinSe };
        AllowsUpdate = response.HasToken(SipHeaderName.Allow, "UPDATE"u8);
        Party = CallSummaries.Callee(this, response);
        fork.OnAnswered(this);
    }

    private void Acknowledge(InviteClientTransaction transaction, Dialog dialog, byte[]? sdp)
    {
        WriteAck(transaction, dialog, transaction.Flow, sdp);
        if (call.Callee is { IsTooLong: true } leg && leg.Dialog == dialog)
            AcknowledgeByStream(leg, transaction, sdp);
        else
            SendAck(transaction, dialog, transaction.Flow);
    }

    private void AcknowledgeByStream(CallLeg leg, InviteClientTransaction transaction, byte[]? sdp) => _ = leg.AcknowledgeByStream(() =>
    {
        WriteAck(transaction, leg.Dialog, leg.Flow, sdp);
        SendAck(transaction, leg.Dialog, leg.Flow);
    });

    private void WriteAck(InviteClientTransaction transaction, Dialog dialog, SipFlow flow, byte[]? sdp)
    {
        var writer = Gateway.Writer;
        _ = transaction.Request.TryGetCSeq(out var cseq, out _);
        dialog.StartAck(writer, flow, Gateway.Ids.NewBranch(), cseq.Number);
        // RFC 3261 §22.3: the ACK carries the credentials of its INVITE.
        writer.CopyLines(transaction.Request, SipHeaderName.Authorization);
        writer.CopyLines(transaction.Request, SipHeaderName.ProxyAuthorization);
        if (sdp is null)
            writer.End();
        else
            writer.Body("application/sdp"u8, sdp);
    }

    private void SendAck(InviteClientTransaction transaction, Dialog dialog, SipFlow flow)
    {
        // Another answer while the one that won waits for its ACK is not the last word.
        var isLast = transaction != _transaction || _dialog is null || dialog == _dialog;
        transaction.Acknowledge(flow, dialog.RemoteTag, Gateway.Writer.Written, isLast);
    }

    private void OnChallenged(SipMessage response)
    {
        var credentials = _challenges < MaxChallenges && fork.IsOpen(this)
            ? DestinationCredentials.Answer(call, target, response.Detach(), mustBeStale: _challenges > 0)
            : null;
        _challenges++;
        CSeq++;
        if (credentials is not null)
        {
            SendAgain(credentials);
            return;
        }

        call.Log.Add("candidate", $"{target.Party.Number} asks for credentials that are not there or not right.");
        fork.OnFailed(this, 502);
    }

    /// <summary>RFC 4028 §7.3: once more with the interval that it takes, in the same dialog-to-be with the next number.</summary>
    private void OnTooBrief(SipMessage response)
    {
        MinSe = SessionTerms.MinSeOf(response);
        CSeq++;
        // A new request may be challenged anew.
        _challenges = 0;
        SendAgain(credentials: null);
    }

    private void SendAgain(Action<SipWriter>? credentials)
    {
        try
        {
            Send(credentials);
        }
        catch (Exception e)
        {
            OnFault(e);
        }
    }

    /// <summary>What a far side's refusal means to our caller: its Proxy-Require is ours to meet.</summary>
    private static int Translate(int status) => status switch
    {
        420 or 421 or 422 => 502,
        _ => status,
    };

    /// <summary>RFC 3261 §20.33: seconds, maybe with a comment and parameters behind them.</summary>
    private static TimeSpan? RetryAfter(SipMessage response)
    {
        if (!response.TryGet(SipHeaderName.RetryAfter, out var value))
            return null;

        var text = Encoding.ASCII.GetString(value[..Math.Min(value.Length, 16)]).Split(' ', ';', '(')[0];
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
    }
}
