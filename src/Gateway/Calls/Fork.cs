using System.Collections.Immutable;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Candidates that ring until one of them answers: the first answer wins, the others are cancelled (RFC 3261 §16.7). Those that are preferred alike ring at
/// the same time, those that are preferred less when nobody of them has answered (RFC 3261 §16.6, §20.10).
/// </summary>
/// <param name="call">Whose it is.</param>
/// <param name="targets">Where its candidates are, in any order.</param>
/// <param name="ringTimeout">How long all of it may last.</param>
internal sealed class Fork(Call call, IReadOnlyList<CallTarget> targets, TimeSpan ringTimeout)
{
    private readonly Breadth _breadth = Breadth.Of(call.Invite.Request);
    private readonly ForkTurns? _turns = ForkTurns.Of(targets);
    private readonly List<Candidate> _open = new(targets.Count);
    private ILoopTimer? _timer;
    private ILoopTimer? _turn;
    private long _begun;
    private ImmutableArray<RedirectContact> _contacts = [];
    private int _status;

    public bool IsSettled { get; private set; }

    /// <summary>Each branch's part of the request's breadth.</summary>
    public uint BreadthOfBranch => _breadth.Share(Ringing.Count);

    /// <summary>Whether nobody else rings, at the same time or later.</summary>
    public bool IsSingle => targets.Count == 1;

    /// <summary>The candidate whose early media the caller hears.</summary>
    public Candidate? EarlyCandidate { get; set; }

    /// <summary>Whether a candidate may still answer.</summary>
    public bool IsOpen(Candidate candidate) => _open.Contains(candidate);

    private IReadOnlyList<CallTarget> Ringing => _turns?.Current ?? targets;

    /// <summary>Begins; the call hears how it ends, maybe before this returns.</summary>
    public void Run()
    {
        // RFC 5393 §5.3.3.1: two extensions that lead to one another must not ring each other's devices without end.
        if (!_breadth.Allows(_turns?.Broadest ?? targets.Count))
        {
            Settle(new ForkOutcome(null, 440));
            return;
        }

        _timer = call.Gateway.Loop.Schedule(ringTimeout, static fork => ((Fork)fork!).OnSilence(), this);
        if (_turns is null)
            Ring();
        else
            RingNext(_turns);
    }

    /// <summary>The call is over: nobody needs to ring any more.</summary>
    public void Stop() => Settle(new ForkOutcome(null, 487));

    /// <summary>Somebody else has answered: they are told so (RFC 3326).</summary>
    public void Yield() => Settle(new ForkOutcome(null, 200));

    /// <summary>The flow of another node that a candidate rings by; null for none.</summary>
    public FlowId? WayOver(string node)
    {
        foreach (var candidate in _open)
        {
            if (Call.WayOver(candidate.Flow, node) is { } way)
                return way;
        }

        return null;
    }

    public void OnAnswered(Candidate candidate)
    {
        _open.Remove(candidate);
        Settle(new ForkOutcome(candidate, 200));
    }

    /// <summary>A phone says where to go instead: that counts when nobody else answers, and without a place to go it says nothing.</summary>
    public void OnRedirected(Candidate candidate, int status, ImmutableArray<RedirectContact> contacts)
    {
        if (IsOpen(candidate))
            _contacts = RedirectContact.Join(_contacts, contacts);
        OnFailed(candidate, contacts.IsEmpty ? 480 : status);
    }

    public void OnFailed(Candidate candidate, int status)
    {
        if (!_open.Remove(candidate))
            return;

        candidate.CloseEarly();
        LetGo(candidate);
        call.Log.Add("candidate", $"{candidate.Target.Party.Number} at {candidate.Address}: {status} {Phrase(status)}");
        _status = BestRefusal.Of(_status, status);
        if (candidate.Target.OtherFlow is { } other && IsFlowFailure(status))
            TryOtherFlow(other);

        // RFC 3261 §16.7 step 5: a 6xx speaks for all.
        if (status >= 600)
            Settle(Refusal(_status));
        else if (_open.Count == 0)
            OnTurnOver();
    }

    /// <summary>Everybody of this turn has failed.</summary>
    private void OnTurnOver()
    {
        if (!IsSettled && _turns is { HasNext: true } turns)
            RingNext(turns);
        else
            Settle(Refusal(_status));
    }

    private void RingNext(ForkTurns turns)
    {
        _turn?.Cancel();
        _turn = null;
        var clock = call.Gateway.Context.Clock;
        if (turns.IsFirst)
            _begun = clock.GetTimestamp();
        var left = ringTimeout - clock.GetElapsedTime(_begun);
        var share = turns.Next();
        if (turns.HasNext)
            _turn = call.Gateway.Loop.Schedule(left / share, static fork => ((Fork)fork!).OnTurnSilent(), this);
        call.Log.Add("ringing", $"{turns.Current.Count} device(s) with q={turns.Current[0].Q / 1000m:0.###} are called.");
        Ring();
    }

    private void Ring()
    {
        var ringing = Ringing;
        for (var i = 0; i < ringing.Count; i++)
            _open.Add(new Candidate(call, this, ringing[i]));
        // Who fails at once leaves the list.
        foreach (var candidate in _open.ToArray())
            candidate.Begin();
    }

    private void TryOtherFlow(CallTarget target)
    {
        var candidate = new Candidate(call, this, target);
        _open.Add(candidate);
        candidate.Begin();
    }

    /// <summary>Nobody of this turn answered in its part of the time: others may.</summary>
    private void OnTurnSilent()
    {
        if (IsSettled)
            return;

        call.Log.Add("ringing", "Nobody of them answered in time.");
        _status = BestRefusal.Of(_status, 408);
        GiveUp(isAnsweredElsewhere: false);
        OnTurnOver();
    }

    private void OnSilence()
    {
        call.Log.Add("ringing", $"Nobody answered within {ringTimeout.TotalSeconds:0} s.");
        // RFC 3261 §16.7 step 2: who is silent has said 408, which is not always the best of what was said.
        Settle(Refusal(BestRefusal.Of(_status, 408)));
    }

    private ForkOutcome Refusal(int status) =>
        IsRedirection(status) ? new ForkOutcome(null, status) { Contacts = _contacts } : new ForkOutcome(null, status);

    private void Settle(ForkOutcome outcome)
    {
        if (IsSettled)
            return;

        IsSettled = true;
        _timer?.Cancel();
        _turn?.Cancel();
        GiveUp(isAnsweredElsewhere: outcome.Status == 200);
        call.OnSettled(this, outcome);
    }

    /// <summary>Whoever still rings is cancelled.</summary>
    private void GiveUp(bool isAnsweredElsewhere)
    {
        foreach (var loser in _open)
        {
            loser.Cancel(isAnsweredElsewhere);
            LetGo(loser);
        }

        _open.Clear();
    }

    private void LetGo(Candidate candidate)
    {
        // Who rings on may be heard in its place (RFC 3960 §3.2).
        if (EarlyCandidate == candidate)
            EarlyCandidate = null;
        if (candidate.Media is { } media)
            call.Media.Release(media);
    }

    private static bool IsRedirection(int status) => status is >= 300 and < 400;

    /// <summary>RFC 5626 §7: the flow did not bring the request to the device.</summary>
    private static bool IsFlowFailure(int status) => status is 408 or 430 or 503;

    private static string Phrase(int status) => System.Text.Encoding.ASCII.GetString(SipStatus.Reason(status));
}
