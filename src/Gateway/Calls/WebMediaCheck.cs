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

    // ICE has ten seconds, and so has the handshake after it, also when they begin anew.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(10);

    private long _stepSince;
    private bool _hadPath;

    /// <summary>Why there is no hope any more, to be put behind the party's name; null while there is.</summary>
    /// <param name="leg">The browser's leg.</param>
    /// <param name="clock">Measures.</param>
    /// <param name="now">The moment, by the clock.</param>
    /// <param name="byeReason">What the parties' devices are told then.</param>
    public string? WhyHopeless(RelayLeg leg, TimeProvider clock, long now, out byte[] byeReason)
    {
        var security = leg.ReadSecurity();
        byeReason = security is { State: DtlsState.Established or DtlsState.Closed } ? ByeReasons.MediaFailed : ByeReasons.MediaSetup;
        switch (security)
        {
            case { State: DtlsState.Failed }:
                return $"'s DTLS handshake failed: {security.Failure}{(security.FailureReason is { } reason ? $" ({reason})" : "")}.";
            case { State: DtlsState.Closed }:
                return " ended its encryption (DTLS close_notify).";
            case { State: DtlsState.Established }:
                _stepSince = 0;
                return leg.ReadConsentAge() >= ConsentLifetime ? " has given no consent to our media for 30 seconds (RFC 7675)." : null;
            default:
                return WhyLate(security is { HasPath: true }, clock, now);
        }
    }

    private string? WhyLate(bool hasPath, TimeProvider clock, long now)
    {
        if (_stepSince == 0 || hasPath != _hadPath)
            (_stepSince, _hadPath) = (now, hasPath);
        return clock.GetElapsedTime(_stepSince, now) < LongestStep ? null
            : hasPath ? "'s DTLS handshake did not end in time."
            : " did not find our media port by ICE in time.";
    }
}
