using Microsoft.Extensions.Logging;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Overload;

/// <summary>Has the system drop a share of the new REGISTERs that come by UDP, at each socket.</summary>
internal sealed partial class RegisterShedding(SipTransportLayer transports, ILogger logger)
{
    /// <summary>A share is known that well at best; telling the system costs as much as some dozen refusals.</summary>
    private const double Step = 1 / 64.0;

    private double _share;
    private bool _isImpossible;

    /// <summary>REGISTERs dropped so far, at all sockets.</summary>
    public long Shed => transports.UdpTransports.Sum(udp => udp.Shed);

    /// <summary>Has it drop that share, from 0 (none) to 1. Where the system cannot, that is logged once, and all are answered.</summary>
    public void Set(double share)
    {
        var rounded = Math.Floor(share / Step) * Step;
        if (rounded == _share || _isImpossible)
            return;

        _share = rounded;
        foreach (var udp in transports.UdpTransports)
            _isImpossible |= !udp.TryShed(rounded);
        if (_isImpossible)
            Stop();
    }

    /// <summary>A filter that cannot be replaced would go on dropping when the overload is over.</summary>
    private void Stop()
    {
        foreach (var udp in transports.UdpTransports)
            udp.TryShed(0);
        LogImpossible();
    }

    [LoggerMessage(4043, LogLevel.Warning, "The system cannot drop REGISTERs under overload: each is refused, which takes more of the time")]
    private partial void LogImpossible();
}
