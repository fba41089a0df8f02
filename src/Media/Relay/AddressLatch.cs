namespace TekSipCloud.Media.Relay;

/// <summary>Who may send to one port, and where that port sends.</summary>
/// <remarks>
/// Learning: packets are taken from the exact signalled address, or, where the plan names a host, from any of its ports; the first
/// valid one locks address and port. Locked: only that address, or the exact signalled one, which then takes the lock over. After a
/// change by signalling the earlier lock keeps its right until the new party is heard, at most for a while.
/// </remarks>
internal sealed class AddressLatch(long relearnTicks)
{
    private LatchPlan _plan;
    private PeerAddress _locked;
    private bool _isLocked;
    private long _relearnUntil;

    /// <summary>Whether a valid packet came from a permitted address.</summary>
    public bool IsLocked => _isLocked;

    /// <summary>Whether there is an address that may be sent to.</summary>
    public bool HasTarget => _locked.Length != 0 || _plan.MaySendUnverified;

    /// <summary>Where to send: whom we heard, else the signalled address if plausible.</summary>
    public ref readonly PeerAddress Target
    {
        get
        {
            var useSignalled = _plan.MaySendUnverified && !_isLocked;
            return ref useSignalled ? ref _plan.Exact : ref _locked;
        }
    }

    /// <summary>Whether signalling said whom to learn.</summary>
    public bool HasPlan => _plan.HasExact || _plan.HasHost;

    /// <summary>Begins to learn by a new plan; what was locked before is remembered for the time of changing over.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="relearns">Whether to begin anew although the plan is the same.</param>
    /// <param name="now">When it was made.</param>
    public void Take(in LatchPlan plan, bool relearns, long now)
    {
        if (!relearns && _plan.IsSameAs(plan))
            return;

        _plan = plan;
        if (!_isLocked)
            return;

        _isLocked = false;
        _relearnUntil = now + relearnTicks;
    }

    /// <summary>Takes over the address that ICE found; besides, nobody is learnt any more.</summary>
    public void Use(in PeerAddress address)
    {
        _plan = default;
        _locked = address;
        _isLocked = true;
    }

    /// <summary>Forgets the plan; only of a latch that heard nobody.</summary>
    public void Forget() => _plan = default;

    /// <summary>Whether a packet from here is to be looked at.</summary>
    public bool Permits(in PeerAddress from, long now)
    {
        if (_plan.HasExact && from.IsSameAs(_plan.Exact))
            return true;

        return _isLocked
            ? from.IsSameAs(_locked)
            : IsEarlierParty(from, now) || _plan.HasHost && from.IsSameHostAs(_plan.Host);
    }

    /// <summary>Notes that a valid packet came from a permitted address.</summary>
    public void Confirm(in PeerAddress from, long now)
    {
        if (_isLocked && from.IsSameAs(_locked))
            return;

        var isExact = _plan.HasExact && from.IsSameAs(_plan.Exact);
        if (!isExact && IsEarlierParty(from, now))
            return;

        _locked = from;
        _isLocked = true;
    }

    private bool IsEarlierParty(in PeerAddress from, long now) =>
        !_isLocked && _locked.Length != 0 && now < _relearnUntil && from.IsSameAs(_locked);
}
