using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Media.Relay;

/// <summary>One call's media: a caller's leg, any number of candidates' legs while it forks, two of them joined.</summary>
/// <remarks>Thread-safe. Dispose it when the call ends: all ports go back to the pool.</remarks>
public sealed class RelaySession : IDisposable
{
    /// <summary>So many changes wait for a packet; a party that signals on and on and never sends one does not fill the memory.</summary>
    private const int MaxWaiting = 16;

    // Taken by signalling only, never by the relay's thread.
    private readonly Lock _lock = new();
    private readonly MediaRelay _relay;
    private readonly RelayLoop _loop;
    private readonly int _loopNumber;
    private RelayLeg? _legs;
    private SessionChange? _waiting;
    private bool _isClosed;

    internal RelaySession(MediaRelay relay, int loop)
    {
        _relay = relay;
        _loopNumber = loop;
        _loop = relay.LoopOf(loop);
    }

    internal MediaRelay Relay => _relay;

    internal RelayLoop Loop => _loop;

    /// <summary>The leg of which was said last what its payload types are to its partner; null where nothing ever was. Of signalling.</summary>
    internal RelayLeg? Translator { get; set; }

    /// <summary>Takes two ports for a party.</summary>
    /// <param name="party">An address of the party, usually its signalling source: its family is the leg's unless
    /// <paramref name="family"/> says otherwise, and without a configured external address the leg advertises the address from
    /// which this machine reaches it.</param>
    /// <param name="leg">The leg; null on failure.</param>
    /// <param name="error">Why there is none.</param>
    /// <param name="family">IPv4 or IPv6; null means that of <paramref name="party"/>.</param>
    public bool TryAllocateLeg(
        IPAddress party, [NotNullWhen(true)] out RelayLeg? leg, out RelayError error, AddressFamily? family = null)
    {
        leg = null;
        var address = party.IsIPv4MappedToIPv6 ? party.MapToIPv4() : party;
        lock (_lock)
        {
            if (_isClosed)
            {
                error = RelayError.Closed;
                return false;
            }

            error = _relay.Allocate(this, _loopNumber, address, family ?? address.AddressFamily, out leg);
            if (leg is null)
                return false;

            leg.Next = _legs;
            _legs = leg;
            return true;
        }
    }

    /// <summary>Lets two legs of this session hear each other; whoever either was joined with before hears nothing from now on.</summary>
    /// <remarks>Early media is a join before the answer; each of several candidates may be joined in turn. With a released leg
    /// nothing is joined.</remarks>
    /// <exception cref="ArgumentException">A leg is of another session.</exception>
    public void Join(RelayLeg a, RelayLeg b)
    {
        if (a.Session != this || b.Session != this)
            throw new ArgumentException("Only legs of this session can be joined.", nameof(b));

        if (!a.IsReleased && !b.IsReleased)
            Change(new JoinChange(a, b));
    }

    /// <summary>Gives a leg's ports back: a candidate that did not answer. A second time does nothing.</summary>
    public void Release(RelayLeg leg)
    {
        lock (_lock)
        {
            if (!TryTakeOut(leg))
                return;

            // Before the ports can be another call's: who was joined with it must know.
            Change(new LeaveChange(leg));
            leg.Leave();
        }

        GiveBackWhenQuiet(leg);
    }

    /// <summary>Releases every leg; figures can still be read.</summary>
    public void Dispose()
    {
        RelayLeg? legs;
        lock (_lock)
        {
            if (_isClosed)
                return;

            _isClosed = true;
            legs = _legs;
            _legs = null;
            for (var leg = legs; leg is not null; leg = leg.Next)
                leg.Leave();
        }

        if (legs is not null)
            GiveBackWhenQuiet(legs);
        _relay.EndSession(_loopNumber);
    }

    /// <summary>Has something take effect before any packet of this session that comes from now on, in the order of the calls.</summary>
    internal void Change(SessionChange change)
    {
        SessionChange? before;
        do
        {
            before = Volatile.Read(ref _waiting);
            change.Next = before;
            change.Count = before is null ? 1 : before.Count + 1;
        }
        while (Interlocked.CompareExchange(ref _waiting, change, before) != before);

        if (change.Count == MaxWaiting)
            _loop.Post(ApplyChanges);
    }

    /// <summary>The same, also when no packet comes.</summary>
    internal void ChangeNow(SessionChange change)
    {
        Change(change);
        _loop.Post(Settle);
    }

    /// <summary>Brings the session up to date; on the relay's thread, before each packet.</summary>
    internal void Settle()
    {
        if (Volatile.Read(ref _waiting) is not null)
            ApplyChanges();
    }

    private void ApplyChanges()
    {
        SessionChange? first = null;
        for (var change = Interlocked.Exchange(ref _waiting, null); change is not null;)
        {
            var before = change.Next;
            change.Next = first;
            first = change;
            change = before;
        }

        for (; first is not null; first = first.Next)
            first.Apply();
    }

    /// <summary>
    /// No packet begins to be handled for these legs any more, but one may just be. Mostly the loop sleeps; else what it has at hand is
    /// awaited, without a wake-up since it is awake.
    /// </summary>
    private void GiveBackWhenQuiet(RelayLeg legs)
    {
        if (_loop.IsQuiet())
            GiveBack(legs);
        else
            GiveBackLater(legs);
    }

    private void GiveBackLater(RelayLeg legs) =>
        _loop.Post(() => ThreadPool.UnsafeQueueUserWorkItem(GiveBack, legs, preferLocal: false));

    private static void GiveBack(RelayLeg legs)
    {
        for (var leg = legs; leg is not null; leg = leg.Next)
            leg.GiveBack();
    }

    private bool TryTakeOut(RelayLeg leg)
    {
        ref var link = ref _legs;
        while (link is not null && link != leg)
            link = ref link.NextLink;
        if (link is null)
            return false;

        link = leg.Next;
        leg.Next = null;
        return true;
    }
}
