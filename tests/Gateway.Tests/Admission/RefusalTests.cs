using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>Requests that are refused before anyone asks who sent them (RFC 3261 §8.2, §16.3).</summary>
public sealed class RefusalTests : GatewayTest
{
    [Fact]
    public void OPTIONS_is_answered_with_what_the_server_can()
    {
        // RFC 3261 §11.2
        var answer = Ask("OPTIONS", 200, uri: $"sip:{SipScript.Domain}");

        Assert.Contains("INVITE", SipText.Header(answer, "Allow"), StringComparison.Ordinal);
        Assert.Equal("application/sdp", SipText.Header(answer, "Accept"));
        Assert.Equal("identity", SipText.Header(answer, "Accept-Encoding"));
        Assert.Equal("en", SipText.Header(answer, "Accept-Language"));
        Assert.Equal("path, outbound, timer, replaces, 100rel", SipText.Header(answer, "Supported"));
    }

    [Fact]
    public void An_unknown_method_is_405_with_the_known_ones() =>
        // RFC 3261 §8.2.1
        Assert.Contains("REGISTER", SipText.Header(Ask("PUBLISH", 405), "Allow"), StringComparison.Ordinal);

    [Fact]
    public void An_extension_that_is_required_is_420_with_its_name() =>
        // RFC 3261 §8.2.2.3
        Assert.Equal("precondition", SipText.Header(Ask("INVITE", 420, "Require: precondition"), "Unsupported"));

    [Fact]
    public void A_proxy_extension_that_is_required_is_420_with_its_name() =>
        // RFC 3261 §16.3 step 5
        Assert.Equal("privacy", SipText.Header(Ask("INVITE", 420, "Proxy-Require: privacy"), "Unsupported"));

    [Fact]
    public void A_request_without_hops_left_is_483() =>
        // RFC 3261 §16.3 step 3
        Ask("INVITE", 483, "Max-Forwards: 0");

    [Theory]
    [InlineData("tel:+15551234")]
    [InlineData("http://example.com")]
    [InlineData("soap.beep://192.0.2.1")]
    public void A_scheme_that_is_no_SIP_is_416(string uri) =>
        // RFC 3261 §8.2.2.1
        Ask("INVITE", 416, uri: uri);

    [Theory]
    [InlineData("BYE")]
    [InlineData("INFO")]
    [InlineData("NOTIFY")]
    [InlineData("PRACK")]
    public void A_request_of_a_dialog_that_names_none_is_481(string method) => Ask(method, 481);

    [Theory]
    [InlineData("BYE")]
    [InlineData("INVITE")]
    [InlineData("INFO")]
    [InlineData("PRACK")]
    public void A_request_of_an_unknown_dialog_is_481_and_makes_no_state(string method)
    {
        // RFC 3261 §12.2.2; threats: floods, no state before authentication.
        Ask(method, 481, to: ";tag=unknown");

        Assert.Equal(0, Script.Gateway.Layer.ServerTransactions);
    }

    [Fact]
    public void An_unauthenticated_INVITE_makes_no_state()
    {
        Ask("INVITE", 407);

        Assert.Equal(0, Script.Gateway.Layer.ServerTransactions);
    }

    [Fact]
    public void A_CANCEL_of_nothing_is_481() =>
        // RFC 3261 §9.2
        Ask("CANCEL", 481);

    [Fact]
    public void An_ACK_of_nothing_is_not_answered()
    {
        var alice = Script.Phone("101");

        alice.Sends(Text(alice, "ACK", $"sip:102@{SipScript.Domain}", "", ";tag=x"));

        alice.GetsNothing();
    }

    [Fact]
    public void A_stray_response_is_not_answered()
    {
        // RFC 3261 §18.1.2
        var alice = Script.Phone("101");

        alice.Sends("SIP/2.0 200 OK\nVia: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bKx\nFrom: <sip:a@b>;tag=1\nTo: <sip:c@d>;tag=2\n"
            + "Call-ID: 1\nCSeq: 1 INVITE\nContent-Length: 0\n\n");

        alice.GetsNothing();
    }

    [Fact]
    public void A_malformed_request_is_400()
    {
        var alice = Script.Phone("101");

        alice.Sends(Text(alice, "OPTIONS", $"sip:{SipScript.Domain}", "").Replace("Max-Forwards: 70", "Max-Forwards: many", StringComparison.Ordinal));

        alice.Gets(400);
    }

    private SipMessage Ask(string method, int status, string header = "", string to = "", string? uri = null)
    {
        var alice = Script.Phone("101");
        alice.Sends(Text(alice, method, uri ?? $"sip:102@{SipScript.Domain}", header, to));
        return alice.Gets(status);
    }

    private static string Text(Phone phone, string method, string uri, string header, string to = "") => SipText.Write(
        $"{method} {uri} SIP/2.0",
        [
            phone.Via("z9hG4bKr1"), header.StartsWith("Max-Forwards", StringComparison.Ordinal) ? "" : "Max-Forwards: 70",
            $"From: <sip:101@{SipScript.Domain}>;tag=r", $"To: <sip:102@{SipScript.Domain}>{to}", "Call-ID: refused-1", $"CSeq: 1 {method}",
            $"Contact: {phone.Contact}", header,
        ],
        null);
}
