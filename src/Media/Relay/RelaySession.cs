using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Media.Relay;

/// <summary>One call's media: a caller's leg, any number of candidates' legs while it forks, two of them joined.</summary>
/// <remarks>Thread-safe. Dispose it when the call ends: all ports go back to the pool.</remarks>
public sealed class RelaySession : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<RelayLeg> _legs = [];
    private readonly MediaRelay _relay;
    private readonly RelayLoop _loop;
    private bool _isClosed;

    internal RelaySession(MediaRelay relay, RelayLoop loop)
    {
        _relay = relay;
        _loop = loop;
    }

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

            error = _relay.Allocate(this, _loop, address, family ?? address.AddressFamily, out leg);
            if (leg is null)
                return false;

            _legs.Add(leg);
            _loop.Post(leg.Open);
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

        _loop.Post(() =>
        {
            if (a.IsReleased || b.IsReleased)
                return;

            a.Partner?.JoinWith(null);
            b.Partner?.JoinWith(null);
            a.JoinWith(b);
            b.JoinWith(a);
        });
    }

    /// <summary>Gives a leg's ports back: a candidate that did not answer. A second time does nothing.</summary>
    public void Release(RelayLeg leg)
    {
        lock (_lock)
        {
            if (!_legs.Remove(leg))
                return;
        }

        _loop.Post(leg.Release);
    }

    /// <summary>Releases every leg; figures can still be read.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;

            _isClosed = true;
            foreach (var leg in _legs)
                _loop.Post(leg.Release);
            _legs.Clear();
        }

        _relay.Forget(this);
    }
}
