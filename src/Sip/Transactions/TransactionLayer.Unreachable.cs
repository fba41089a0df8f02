using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <content>Answers whose way is gone (RFC 3261 §18.2.2, §18.4).</content>
public sealed partial class TransactionLayer
{
    /// <summary>Transactions that look for another way at a time.</summary>
    private const int MaxSearches = 256;

    /// <summary>Peers that are looked for at a time among the requests, which are not listed by peer: an answer by UDP would pay for that.</summary>
    private const int MaxUnreachable = 64;

    /// <summary>How often at most they are looked for, however many errors come.</summary>
    private static readonly TimeSpan UnreachablePeriod = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<SipFlow> _unreachable = [];
    private int _searches;

    /// <summary>Begins to look for another way, unless too many do so already.</summary>
    internal bool TryBeginSearch(Func<Task> search)
    {
        if (_searches >= MaxSearches || !Loop.Run(search))
            return false;

        _searches++;
        return true;
    }

    internal void EndSearch() => _searches--;

    private void NoteUnreachable(SipFlow peer)
    {
        if (_table.Servers == 0 || _unreachable.Count >= MaxUnreachable || !_unreachable.Add(peer) || _unreachable.Count > 1)
            return;

        Loop.Schedule(UnreachablePeriod, static layer => ((TransactionLayer)layer!).FindOtherWays(), this);
    }

    private void FindOtherWays()
    {
        foreach (var invite in _table.InvitesFrom(_unreachable))
        {
            if (!invite.IsOver)
                invite.OnUnreachable();
        }

        _unreachable.Clear();
    }
}
