using System.ComponentModel.DataAnnotations;
using TekSipCloud.Gateway.WebSockets;

namespace TekSipCloud.Gateway.Tests.WebSockets;

/// <summary>Settings of SIP over WebSocket.</summary>
public sealed class SipWebSocketOptionsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void S10_a_silent_browser_is_pinged_before_a_proxy_takes_it_for_idle(int? seconds, bool isAllowed)
    {
        // Application gateways cut after four minutes, many others after one.
        var options = new SipWebSocketOptions();
        if (seconds is { } given)
            options.Ping = TimeSpan.FromSeconds(given);

        Assert.Equal(isAllowed, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
        Assert.InRange(new SipWebSocketOptions().Ping, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }
}
