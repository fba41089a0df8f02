using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Relay;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Whether a browser still may get through: one that does not find us by ICE, does not shake hands, or has stopped to ask for our packets would
/// stay silent for ever. A value that is changed in place.
/// </summary>
internal struct WebMediaCheck
{
    // RFC 7675 §5.1: a consent that was not renewed is over.
    private static readonly TimeSpan ConsentLifetime = TimeSpan.FromSeconds(30);

    // ICE and the handshake have ten seconds each, also when they begin anew.
    private static readonly TimeSpan LongestBeginning = TimeSpan.FromSeconds(20);

    private long _unfinishedSince;

    /// <summary>Why there is no hope any more, to be put behind the party's name; null while there is.</summary>
    public string? WhyHopeless(RelayLeg leg, TimeProvider clock, long now)
    {
        var security = leg.ReadSecurity();
        if (security is { State: DtlsState.Failed })
            return $"'s DTLS handshake failed: {security.Failure}{(security.FailureReason is { } reason ? $" ({reason})" : "")}.";
        if (security is { State: DtlsState.Closed })
            return " ended its encryption (DTLS close_notify).";

        if (security is { State: DtlsState.Established })
        {
            _unfinishedSince = 0;
            return leg.ReadConsentAge() >= ConsentLifetime ? " has given no consent to our media for 30 seconds (RFC 7675)." : null;
        }

        if (_unfinishedSince == 0)
            _unfinishedSince = now;
        return clock.GetElapsedTime(_unfinishedSince, now) < LongestBeginning ? null
            : security is { HasPath: true } ? "'s DTLS handshake did not end in time."
            : " did not find our media port by ICE in time.";
    }
}
