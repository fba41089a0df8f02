using TekSipCloud.Contracts.Calls;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// The time of one leg's session (RFC 4028): refreshes it where that is our part, and ends the call when no refresh has come about in time.
/// A leg without one has a peer that wants none.
/// </summary>
internal sealed class SessionTimer
{
    private static readonly TimeSpan WhileBusy = TimeSpan.FromSeconds(2);
    private readonly CallLeg _leg;
    private readonly ILoopTimer _timer;
    private long _agreedAt;

    public SessionTimer(CallLeg leg, SessionTerms terms)
    {
        _leg = leg;
        Terms = terms;
        _agreedAt = leg.Call.Gateway.Context.Clock.GetTimestamp();
        _timer = leg.Call.Gateway.Loop.Schedule(FirstDue, static self => ((SessionTimer)self!).OnDue(), this);
    }

    /// <summary>What was agreed on last.</summary>
    public SessionTerms Terms { get; private set; }

    /// <summary>Our refresh under way; null when there is none.</summary>
    public SessionRefresh? Refresh { get; private set; }

    /// <summary>Whether its leg is out of the call, or the call over.</summary>
    public bool IsStopped { get; private set; }

    private TimeSpan FirstDue => Terms.IsOurs ? Terms.RefreshAfter : Terms.EndAfter;

    private TimeSpan Left => Terms.EndAfter - _leg.Call.Gateway.Context.Clock.GetElapsedTime(_agreedAt);

    /// <summary>A 2xx to a refresh, of either end, begins the interval anew (RFC 4028 §7.2, §9).</summary>
    public void Agree(SessionTerms terms)
    {
        // The answer to a refresh may come when its leg has been replaced.
        if (IsStopped)
            return;

        Terms = terms with { MinSe = Math.Max(terms.MinSe, Terms.MinSe) };
        _agreedAt = _leg.Call.Gateway.Context.Clock.GetTimestamp();
        if (terms.IsNone)
            _timer.Cancel();
        else
            _timer.Change(FirstDue);
    }

    /// <summary>The leg is out of the call, or the call over: whatever comes of a refresh under way changes nothing.</summary>
    public void Stop()
    {
        IsStopped = true;
        _timer.Cancel();
    }

    /// <summary>The refresh was answered with a 2xx.</summary>
    public void OnRefreshed() => Refresh = null;

    /// <summary>
    /// The refresh was challenged, and there are no credentials for it: but who challenges is there. Whether the call goes on without a refresh is for
    /// that peer to say.
    /// </summary>
    public void OnChallenged()
    {
        Refresh = null;
        Agree(Terms);
    }

    /// <summary>The refresh did not come about, but the peer may still be there: once more, as long as there is time.</summary>
    /// <param name="after">When; null for half of the time that is left.</param>
    public void OnRefused(TimeSpan? after)
    {
        Refresh = null;
        if (IsStopped)
            return;

        var left = Left;
        var wait = after ?? (left / 2 > WhileBusy ? left / 2 : WhileBusy);
        if (!Terms.IsNone)
            _timer.Change(wait < left ? wait : left);
    }

    /// <summary>The peer takes no interval as short as this (RFC 4028 §7.3).</summary>
    public void Prolong(uint minSe)
    {
        var least = Math.Min(minSe, SessionTerms.MaxSeconds);
        Terms = Terms with { Seconds = Math.Max(Terms.Seconds, least), MinSe = least };
    }

    /// <summary>RFC 4028 §10: the peer is not there any more.</summary>
    public void OnGone(int status)
    {
        Refresh = null;
        End(status == 481
            ? $"The {_leg.Name} does not know the call any more: 481 to the refresh of its session."
            : $"The {_leg.Name} did not answer the refresh of its session.");
    }

    private void OnDue()
    {
        if (IsStopped)
            return;

        if (Left <= TimeSpan.Zero)
        {
            End(Terms.IsOurs
                ? $"The {_leg.Name}'s session expired: no refresh of its {Terms.Seconds} s was taken."
                : $"The {_leg.Name}'s session expired: it was not refreshed within its {Terms.Seconds} s.");
            return;
        }

        if (Refresh is not null)
        {
            // The peer's own refresh began the interval anew meanwhile; ours is still to be answered (RFC 3261 §14.1).
            _timer.Change(Left);
            return;
        }

        Refresh = SessionRefresh.Prepare(_leg, this);
        // What is under way refreshes as well, or leaves room for ours.
        _timer.Change(Refresh is null && WhileBusy < Left ? WhileBusy : Left);
        // Last: it may be over at once.
        Refresh?.Send();
    }

    private void End(string reason)
    {
        if (IsStopped)
            return;

        var call = _leg.Call;
        call.ByeReason = ByeReasons.SessionExpired;
        call.End(CallEnd.System, 200, reason);
    }
}
