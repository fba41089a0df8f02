using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Relay;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Ends an answered call whose browser does not find us by ICE, does not shake hands, or has stopped to ask for our packets: it would stay silent
/// for ever. Looks at one party.
/// </summary>
internal sealed class WebMediaWatch
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    // RFC 7675 §5.1: a consent that was not renewed is over.
    private static readonly TimeSpan ConsentLifetime = TimeSpan.FromSeconds(30);
    private readonly CallLeg _leg;
    private ILoopTimer _timer;
    private bool _wasUnfinished;

    public WebMediaWatch(CallLeg leg)
    {
        _leg = leg;
        _timer = Schedule();
    }

    public void Stop() => _timer.Cancel();

    private ILoopTimer Schedule() => _leg.Call.Gateway.Loop.Schedule(Period, static watch => ((WebMediaWatch)watch!).Look(), this);

    private void Look()
    {
        if (WhyHopeless(_leg.Media.Relay.ReadSecurity()) is { } why)
            _leg.Call.End(CallEnd.System, 200, $"The {_leg.Name}{why}");
        else
            _timer = Schedule();
    }

    private string? WhyHopeless(LegSecurity? security)
    {
        switch (security)
        {
            case { State: DtlsState.Failed }:
                return $"'s DTLS handshake failed: {security.Failure}{(security.FailureReason is { } reason ? $" ({reason})" : "")}.";
            case { State: DtlsState.Closed }:
                return " ended its encryption (DTLS close_notify).";
            case { State: DtlsState.Established }:
                _wasUnfinished = false;
                return _leg.Media.Relay.ReadConsentAge() >= ConsentLifetime ? " has given no consent to our media for 30 seconds (RFC 7675)." : null;
            default:
                // ICE and the handshake have ten seconds each, also when they begin anew.
                var isLate = _wasUnfinished;
                _wasUnfinished = true;
                return !isLate ? null
                    : security is { HasPath: true } ? "'s DTLS handshake did not end in time."
                    : " did not find our media port by ICE in time.";
        }
    }
}
