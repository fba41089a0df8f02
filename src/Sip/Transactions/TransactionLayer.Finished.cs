using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <content>Messages that belong to no new request: which transaction they are for, living or over.</content>
public sealed partial class TransactionLayer
{
    /// <summary>How late what is over may be let go: a wake-up for many.</summary>
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMilliseconds(50);

    private ILoopTimer? _sweep;
    private long _sweepAt = long.MaxValue;

    /// <summary>Acknowledges the 2xx that came to <see cref="ITransactionUser.OnOtherAnswer"/>, again whenever it is repeated. On the loop.</summary>
    /// <param name="flow">The way of requests in its dialog.</param>
    /// <param name="response">The 2xx.</param>
    /// <param name="ack">The whole ACK; copied.</param>
    public void Acknowledge(SipFlow flow, SipMessage response, ReadOnlySpan<byte> ack)
    {
        if (_key.Client(response) is { IsEmpty: false } client && response.TryGetTo(out var to))
        {
            var due = Loop.Elapsed + Timers.Timeout.Ticks;
            KeepFork(client.Bytes, due, new() { Kind = FinishedKind.Fork, Flow = flow, Tag = to.Tag, Message = ack });
        }

        flow.Send(ack);
    }

    /// <summary>Keeps what is left of a request that was answered.</summary>
    internal void Keep(ServerTransaction transaction, FinishedKind kind, long due, ReadOnlySpan<byte> message)
    {
        // The tag is for the answer to a CANCEL, which only an INVITE can get.
        var tag = transaction is InviteServerTransaction ? transaction.LocalTag : [];
        Keep(transaction.Key, due, new() { Kind = kind, Tag = tag, Message = message });
        if (transaction.MergeKey is { } merge)
            Keep(merge, due, new() { Kind = FinishedKind.Seen });
    }

    internal void Keep(TransactionKey key, long due, in FinishedTransaction record) => Keep(key.Hash, key.Bytes, due, record);

    internal void KeepFork(ReadOnlySpan<byte> client, long due, in FinishedTransaction record)
    {
        var fork = _key.Fork(client, record.Tag);
        Keep(fork.Hash, fork.Bytes, due, record);
    }

    /// <summary>Repeats the ACK of a fork's 2xx; false when that has none yet.</summary>
    internal bool AcknowledgeAgain(ReadOnlySpan<byte> client, SipMessage response)
    {
        if (_finished.Count(FinishedKind.Fork) == 0
            || !response.TryGetTo(out var to)
            || !TryFindFinished(_key.Fork(client, to.Tag), out var fork))
        {
            return false;
        }

        fork.Flow!.Send(fork.Message);
        return true;
    }

    private void Keep(ulong hash, ReadOnlySpan<byte> key, long due, in FinishedTransaction record)
    {
        var now = Loop.Elapsed;
        _finished.Add(hash, key, now, due, record);
        if (due < _sweepAt)
            Sweep(due, now);
    }

    private bool TryFindFinished(SoughtKey key, out FinishedTransaction record)
    {
        record = default;
        return !_finished.IsEmpty && _finished.TryFind(key.Hash, key.Bytes, Loop.Elapsed, out record);
    }

    private bool IsFinished(SoughtKey key) => !_finished.IsEmpty && _finished.Contains(key.Hash, key.Bytes, Loop.Elapsed);

    private void OnAck(SipFlow flow, SipMessage ack)
    {
        if (!IsTaken(flow, ack))
            User.OnAck(flow, ack);
    }

    private bool IsTaken(SipFlow flow, SipMessage ack) =>
        TryFindInvite(flow, ack, out var invite)
            ? invite.TakeAck()
            : TryFindFinished(_key, out var record) && record.Kind == FinishedKind.Confirmed;

    private void OnCancel(SipFlow flow, SipMessage cancel)
    {
        if (TryFindInvite(flow, cancel, out var invite))
            AnswerCancel(flow, cancel, invite.LocalTag, invite);
        else if (TryFindFinished(_key, out var record))
            AnswerCancel(flow, cancel, record.Tag, null);
        // RFC 3261 §9.2: nothing to cancel.
        else if (User.Hears(flow, cancel))
            Responder.Respond(flow, cancel, 481);
    }

    private void AnswerCancel(SipFlow flow, SipMessage cancel, ReadOnlySpan<byte> tag, InviteServerTransaction? invite)
    {
        // RFC 3261 §9.2: the To tag of the CANCEL's answer should be that of the INVITE's.
        var answer = Responder.Write(flow, cancel, 200, tag);
        if (Take(flow, cancel, _receivedKey) is not { } transaction)
            return;

        try
        {
            transaction.Respond(200, answer);
            // RFC 3261 §9.2: after the final answer a CANCEL has no effect.
            if (invite is { State: TransactionState.Proceeding })
                User.OnCancel(invite, transaction);
        }
        finally
        {
            transaction.KeepRequest();
        }
    }

    private bool TryFindInvite(SipFlow flow, SipMessage request, [NotNullWhen(true)] out InviteServerTransaction? invite)
    {
        var isFound = _table.TryFindServer(_key.Server(flow, request, "INVITE"u8), out var transaction);
        invite = isFound ? transaction as InviteServerTransaction : null;
        return invite is not null;
    }

    private void OnResponse(SipFlow flow, SipMessage response)
    {
        var key = _key.Client(response);
        if (!key.IsEmpty && _table.TryFindClient(key, out var transaction) && transaction.Flow.IsAnsweredBy(flow))
            transaction.OnResponse(response);
        else if (!key.IsEmpty && TryFindFinished(key, out var record) && record.Flow?.IsAnsweredBy(flow) != false)
            OnRepeated(response, record);
        else
            User.OnStrayResponse(flow, response);
    }

    private void OnRepeated(SipMessage response, in FinishedTransaction record)
    {
        var isAccepted = response.StatusCode is >= 200 and < 300;
        if (record.Kind == FinishedKind.Acknowledged)
        {
            if (isAccepted)
                OnAnswered(response, record);
        }
        else if (response.StatusCode >= 300 && record.Flow is { } flow)
        {
            // RFC 3261 §17.1.1.2: every retransmission of the refusal is acknowledged.
            flow.Send(record.Message);
        }
    }

    private void OnAnswered(SipMessage response, in FinishedTransaction record)
    {
        if (!response.TryGetTo(out var to))
            return;

        // RFC 3261 §13.2.2.4: a repeated 2xx gets the same ACK.
        if (to.Tag.SequenceEqual(record.Tag))
            record.Flow!.Send(record.Message);
        else if (!AcknowledgeAgain(_key.Client(response).Bytes, response))
            User.OnOtherAnswer(record.Flow!, SipMessage.Parse(record.Message.ToArray()), response);
    }

    private static void AnswerAgain(SipFlow flow, SipMessage request, in FinishedTransaction record)
    {
        // RFC 3261 §17.2.2. Where the request comes from now: a NAT may have changed the port meanwhile.
        if (record.Kind == FinishedKind.Answered)
            ReplyPath.Of(flow, request).Send(record.Message);
    }

    private bool TryMarkInitial(ServerTransaction transaction)
    {
        var key = _key.Merge(transaction.Request);
        return !IsFinished(key) && _table.TryMarkInitial(transaction, key.ToKey());
    }

    private void Sweep(long due, long now)
    {
        _sweepAt = due;
        var wait = new TimeSpan(due - now);
        if (_sweep is null)
            _sweep = Loop.Schedule(wait, static layer => ((TransactionLayer)layer!).Sweep(), this);
        else
            _sweep.Change(wait);
    }

    private void Sweep()
    {
        var now = Loop.Elapsed;
        _finished.Sweep(now);
        _sweepAt = long.MaxValue;
        if (_finished.FirstDue is var due && due != long.MaxValue)
            Sweep(Math.Max(due, now + SweepPeriod.Ticks), now);
    }
}
