using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway;

/// <content>What happens to a request before it gets a transaction.</content>
internal sealed partial class LoopGateway
{
    /// <summary>How often the log says that reads fail: strangers must not fill it.</summary>
    private static readonly TimeSpan ReadFailurePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Reads one request may wait for: its tenant, its sender, and each once more when news come in between.</summary>
    private const int MaxReads = 4;

    /// <summary>Different times of Retry-After under overload; a power of two.</summary>
    private const int RetrySteps = 16;

    /// <summary>Pieces of work that wait for the loop and are a long queue: a millisecond's work.</summary>
    public const int LongQueue = 128;

    private readonly PendingReads _pending;
    private readonly Action<SipWriter>[] _retryLater;
    private readonly UnreadRefusal[] _refusals;
    private Action<SipWriter>? _writeChallenge;
    private Verdict _asked;
    private int _reads;
    private bool _hasReadAccount;
    private int _readFailures;
    private long _readFailuresTold;

    public bool Admit(SipFlow flow, SipMessage request)
    {
        (_admitted, _leg) = (_handedOver, null);
        if (_admitted is not null)
            return true;

        // RFC 3261 §10.2: a REGISTER belongs to no dialog, whatever tag its To has.
        if (request.Method != SipMethod.Register && DialogName.TryOfRequest(request, out var dialog))
            return AdmitToDialog(flow, request, dialog);

        // Before anything is counted, read or answered.
        if (Context.Filters.Drops(flow, request))
            return false;

        // What was put off for a read has been admitted already; a drain that began meanwhile refuses it all the same.
        if (Context.Drain.IsDraining || (_reads == 0 && !Context.NewWork.Admits(request, BacklogOf(flow))))
        {
            RefuseForLoad(flow, request);
            return false;
        }

        if (request.Method == SipMethod.Options && !Context.Admission.IsForExtension(flow, request))
        {
            // RFC 3261 §11.2: whoever asks what we can is told, without state.
            var isOriginationOnly = Context.Admission.IsOriginationOnly(request);
            Refuse(flow, request, RequestChecks.Refusal(request) is not 0 and var status ? status : 200, isOriginationOnly: isOriginationOnly);
            return false;
        }

        if (HasCredentials(request) && !Context.Sources.MayPresent(flow))
            return false;

        var verdict = Context.Admission.Judge(flow, request, _hasReadAccount);
        if (verdict.Tenant is { } tenant && verdict.Kind != VerdictKind.Load)
            Context.Counters.Add(tenant, Counter.RequestsReceived);

        switch (verdict.Kind)
        {
            case VerdictKind.Admit:
                Context.Sources.OnSuccess(flow);
                if (IsAnsweredRepeat(flow, request, verdict) || IsForAnotherLoop(flow, request, verdict.Admitted!))
                    return false;

                _admitted = verdict.Admitted;
                return true;
            case VerdictKind.Refuse:
                if (verdict.IsGuess)
                    Context.Sources.OnWrongCredentials(flow);
                Refuse(flow, request, verdict.Status, verdict.Reason, verdict.IsOriginationOnly);
                return false;
            case VerdictKind.Challenge:
                if (!IsAnsweredRepeat(flow, request, verdict))
                    Ask(flow, request, verdict);
                return false;
            default:
                Defer(flow, request, verdict);
                return false;
        }
    }

    public bool Hears(SipFlow flow, SipMessage cancel) => !Context.Filters.Drops(flow, cancel);

    /// <summary>Datagrams wait in their socket, and what connections bring waits for the loop.</summary>
    private Backlog BacklogOf(SipFlow flow) => !flow.IsReliable ? flow.Backlog : Loop.Queued > LongQueue ? Backlog.Long : Backlog.Short;

    private static bool HasCredentials(SipMessage request) =>
        request.Has(SipHeaderName.Authorization) || request.Has(SipHeaderName.ProxyAuthorization);

    private bool IsAnsweredRepeat(SipFlow flow, SipMessage request, in Verdict verdict) =>
        request.Method == SipMethod.Register
        && verdict.Admitted is { IsOriginationOnly: false } admitted
        && _registrar.TryAnswerRepeat(flow, request, admitted, isReplay: verdict.Kind == VerdictKind.Challenge);

    private bool AdmitToDialog(SipFlow flow, SipMessage request, DialogName dialog)
    {
        // RFC 3261 §12.2.2; a stranger with guessed ids gets the same, and nobody gets a transaction for it.
        if (FindLeg(flow, dialog) is not { } leg)
        {
            if (IsPassedOn(flow, request) || Context.Filters.Drops(flow, request))
                return false;

            if (_logger.IsEnabled(LogLevel.Debug))
                LogUnknownDialog(dialog.ToId());
            Refuse(flow, request, 481);
            return false;
        }

        var isForbidden = leg.IsOriginationOnly && Origination.Refuses(request.Method);
        if ((isForbidden ? 405 : RequestChecks.Refusal(request)) is not 0 and var status)
        {
            if (status == 405 && !leg.IsOriginationOnly)
            {
                Layer.Responder.Respond(flow, request, status, static writer => writer.Header(SipHeaderName.Allow, RequestChecks.AllowInDialog));
                return false;
            }

            Refuse(flow, request, status, isOriginationOnly: leg.IsOriginationOnly);
            return false;
        }

        _leg = leg;
        return true;
    }

    /// <summary>Answers without state, with the headers that the code demands.</summary>
    public void Refuse(SipFlow flow, SipMessage request, int status, byte[]? reason = null, bool isOriginationOnly = false)
    {
        switch (status)
        {
            // RFC 3261 §8.2.1
            case 405 when isOriginationOnly:
                Layer.Responder.Respond(flow, request, status, static writer => writer.Header(SipHeaderName.Allow, Origination.Allow));
                break;
            case 405:
                Layer.Responder.Respond(flow, request, status, static writer => writer.Header(SipHeaderName.Allow, RequestChecks.Allow));
                break;
            case 420:
                Layer.Responder.Respond(flow, request, status, writer => OptionTags.WriteUnsupported(writer, request));
                break;
            case 200 when isOriginationOnly:
                Layer.Responder.Respond(flow, request, status, addOptional: Abilities.WriteOrigination);
                break;
            case 200:
                Layer.Responder.Respond(flow, request, status, addOptional: Abilities.Write);
                break;
            case 503:
                Layer.Responder.Respond(
                    flow, request, status, addOptional: static writer => writer.Header(SipHeaderName.RetryAfter, RetryAfterSeconds));
                break;
            default:
                Layer.Responder.Respond(flow, request, status, reason: reason);
                break;
        }
    }

    /// <summary>RFC 3261 §21.5.4: 503 at the least cost; nobody was asked who sent it. The times are spread, so that not all come back at once.</summary>
    private void RefuseForLoad(SipFlow flow, SipMessage request) =>
        Layer.Responder.Respond(flow, request, 503, addOptional: _retryLater[RetryStep(request.CallId)]);

    /// <summary>Refuses a new request that nobody has read; false when it has to be read.</summary>
    public bool TryRefuse(SipFlow flow, in UnreadRequest request)
    {
        if (!Layer.TryRefuse(flow, request, _refusals[RetryStep(request.CallId)]))
            return false;

        Context.Overload.CountRefused(flow.Backlog, request.Method.SequenceEqual("REGISTER"u8));
        return true;
    }

    private static int RetryStep(ReadOnlySpan<byte> callId)
    {
        // Call-IDs are random: what spreads them need not be good.
        var mixed = 0UL;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(callId))
            mixed = (mixed ^ word) * 0x9E3779B97F4A7C15;
        return (int)(mixed >> 32) & (RetrySteps - 1);
    }

    private static Action<SipWriter>[] WriteRetryLater(TimeSpan least)
    {
        var seconds = (uint)least.TotalSeconds;
        return [.. Enumerable.Range(0, RetrySteps).Select(i => seconds + ((uint)i * seconds / RetrySteps)).Select(after =>
            (Action<SipWriter>)(writer => writer.Header(SipHeaderName.RetryAfter, after)))];
    }

    /// <summary>After a failing read or write phones try again then.</summary>
    public const uint RetryAfterSeconds = 5;

    private void Ask(SipFlow flow, SipMessage request, Verdict verdict)
    {
        _asked = verdict;
        Layer.Responder.Respond(flow, request, verdict.Status, _writeChallenge ??= WriteChallenge);
    }

    private void WriteChallenge(SipWriter writer)
    {
        var challenge = _asked.Challenge!;
        Span<byte> nonce = stackalloc byte[NonceSource.NonceLength];
        new DigestChallenge
        {
            Realm = challenge.Realm.Span,
            Nonce = Context.Nonces.Create(nonce),
            Algorithm = challenge.Algorithm,
            IsStale = challenge.IsStale,
        }.Write(writer, _asked.Status == 401 ? SipHeaderName.WwwAuthenticate : SipHeaderName.ProxyAuthenticate);
    }

    private void Defer(SipFlow flow, SipMessage request, in Verdict verdict)
    {
        var reads = _reads + 1;
        var source = flow.Remote.Address;
        if (reads > MaxReads || !_pending.TryEnter(source))
        {
            Refuse(flow, request, 503);
            return;
        }

        if (RunLater(flow, request.Detach(), verdict.Load!, reads, _hasReadAccount || verdict.ReadsAccount))
            return;

        _pending.Leave(source);
        Refuse(flow, request, 503);
    }

    private bool RunLater(SipFlow flow, SipMessage request, Func<Task> load, int reads, bool hasReadAccount) =>
        Loop.Run(() => ReadAndJudgeAgain(flow, request, load, reads, hasReadAccount));

    /// <summary>Reads, and keeps the request's place for as long as the read lasts, also when nobody waits for it any more.</summary>
    private async Task Read(Func<Task> load, IPAddress source)
    {
        try
        {
            await load();
        }
        finally
        {
            _pending.Leave(source);
        }
    }

    private async Task ReadAndJudgeAgain(SipFlow flow, SipMessage request, Func<Task> load, int reads, bool hasReadAccount)
    {
        try
        {
            await Read(load, flow.Remote.Address).WaitAsync(Context.Options.ReadDeadline, Context.Clock);
        }
        catch (Exception e)
        {
            // Storage or a grain does not answer: never silence, and never a wrong 404 or 403.
            OnReadFailed(e);
            Refuse(flow, request, 503);
            return;
        }

        (_reads, _hasReadAccount) = (reads, hasReadAccount);
        Layer.ReceiveAgain(flow, request);
        (_reads, _hasReadAccount) = (0, false);
    }

    private void OnReadFailed(Exception exception)
    {
        _readFailures++;
        if (_readFailuresTold != 0 && Context.Clock.GetElapsedTime(_readFailuresTold) < ReadFailurePeriod)
            return;

        LogReadFailed(_readFailures, exception);
        _readFailures = 0;
        _readFailuresTold = Context.Clock.GetTimestamp();
    }

    [LoggerMessage(4002, LogLevel.Warning, "{Count} requests were answered 503: what they need could not be read, the last because of this")]
    private partial void LogReadFailed(int count, Exception exception);
}
