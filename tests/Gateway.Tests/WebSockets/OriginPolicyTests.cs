using System.ComponentModel.DataAnnotations;
using TekSipCloud.Gateway.WebSockets;

namespace TekSipCloud.Gateway.Tests.WebSockets;

/// <summary>RFC 6455 §10.2, RFC 7118 §7: which pages may open a WebSocket.</summary>
public sealed class OriginPolicyTests
{
    [Theory]
    [InlineData("https://sip.example.com", "sip.example.com", true)]
    [InlineData("https://SIP.example.com:8443", "sip.example.com", true)]
    [InlineData("http://192.0.2.1:3000", "192.0.2.1", true)]
    [InlineData("https://[2001:db8::1]", "[2001:db8::1]", true)]
    [InlineData("https://phone.example.org", "sip.example.com", true)]
    [InlineData("https://phone.example.org:443", "sip.example.com", true)]
    [InlineData("https://phone.example.org:444", "sip.example.com", false)]
    [InlineData("http://phone.example.org", "sip.example.com", false)]
    [InlineData("https://evil.example.net", "sip.example.com", false)]
    [InlineData("https://sip.example.com.evil.net", "sip.example.com", false)]
    [InlineData("https://evil.net/sip.example.com", "sip.example.com", false)]
    [InlineData("null", "sip.example.com", false)]
    [InlineData("file://", "sip.example.com", false)]
    [InlineData("", "sip.example.com", true)]
    public void S7_pages_of_this_host_and_of_configured_sites_may_connect_and_programs_that_are_no_browsers(string origin, string host, bool isAllowed) =>
        Assert.Equal(isAllowed, new OriginPolicy(["https://phone.example.org"]).Allows(origin, host));

    [Fact]
    public void S7_the_star_allows_every_page() => Assert.True(new OriginPolicy(["*"]).Allows("https://any.example.net", "sip.example.com"));

    [Theory]
    [InlineData("https://phone.example.org", true)]
    [InlineData("http://localhost:5173", true)]
    [InlineData("*", true)]
    [InlineData("phone.example.org", false)]
    [InlineData("https://phone.example.org/app", false)]
    [InlineData("wss://phone.example.org", false)]
    [InlineData("", false)]
    public void An_origin_that_is_none_is_refused_at_start(string origin, bool isOrigin)
    {
        var options = new SipWebSocketOptions { Origins = { origin } };
        Assert.Equal(isOrigin, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }
}
