using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>The order and outcome of the first checks (RFC 3261 §8.2, §16.3).</summary>
public sealed class RequestChecksTests
{
    [Theory]
    [InlineData("INVITE", "sip:a@h", "", 0)]
    [InlineData("REGISTER", "sips:h", "", 0)]
    [InlineData("INVITE", "sip:a@h", "Max-Forwards: 0", 483)]
    [InlineData("OPTIONS", "sip:a@h", "Max-Forwards: 0", 0)]
    [InlineData("INVITE", "sip:a@h", "Max-Forwards: 1", 0)]
    [InlineData("INVITE", "tel:+1", "", 416)]
    [InlineData("INVITE", "im:a@h", "", 416)]
    [InlineData("INVITE", "sip:a@h", "Require: precondition", 420)]
    [InlineData("INVITE", "sip:a@h", "Require: 100rel", 0)]
    [InlineData("BYE", "sip:a@h", "Require: 100rel", 420)]
    [InlineData("PRACK", "sip:a@h", "", 0)]
    [InlineData("REGISTER", "sip:h", "Require: gruu", 420)]
    [InlineData("REGISTER", "sip:h", "Require: path, gruu", 420)]
    [InlineData("REGISTER", "sip:h", "Require: path, Outbound", 0)]
    [InlineData("REGISTER", "sip:h", "Proxy-Require: path", 0)]
    [InlineData("INVITE", "sip:a@h", "Require: path", 420)]
    [InlineData("INVITE", "sip:a@h", "Require: outbound", 420)]
    [InlineData("INVITE", "sip:a@h", "Proxy-Require: x", 420)]
    [InlineData("INVITE", "sip:a@h", "Supported: 100rel, timer", 0)]
    [InlineData("INVITE", "sip:a@h", "Require: timer", 0)]
    [InlineData("UPDATE", "sip:a@h", "Require: timer", 0)]
    [InlineData("BYE", "sip:a@h", "Require: timer", 420)]
    [InlineData("MESSAGE", "sip:a@h", "", 0)]
    [InlineData("MESSAGE", "sip:a@h", "Max-Forwards: 0", 483)]
    [InlineData("MESSAGE", "sip:a@h", "Require: timer", 420)]
    [InlineData("NOTIFY", "sip:a@h", "", 0)]
    [InlineData("SUBSCRIBE", "sip:a@h", "", 405)]
    [InlineData("FOO", "sip:a@h", "", 405)]
    [InlineData("FOO", "tel:+1", "", 416)]
    public void A_request_is_refused_or_may_go_on(string method, string uri, string header, int status) =>
        Assert.Equal(status, RequestChecks.Refusal(Request(method, uri, header)));

    [Theory]
    [InlineData("isbn:2983792873", 400)]
    [InlineData("tel:+15551234", 400)]
    [InlineData("sip:a@h", 0)]
    [InlineData("sips:a@h", 0)]
    public void An_address_of_record_is_a_SIP_URI(string to, int status) =>
        // RFC 4475 §3.3.4
        Assert.Equal(status, RequestChecks.Refusal(SipText.Parse(
            SipText.Of(Request("REGISTER", "sip:h", "")).Replace("To: <sip:a@h>", $"To: <{to}>", StringComparison.Ordinal))));

    [Theory]
    [InlineData("", true)]
    [InlineData("Accept: application/sdp", true)]
    [InlineData("Accept: text/plain, Application/SDP;level=1", true)]
    [InlineData("Accept: application/*;q=0.5", true)]
    [InlineData("Accept: */*", true)]
    [InlineData("Accept: text/plain\nAccept: application/sdp", true)]
    [InlineData("Accept: text/nobodyKnowsThis", false)]
    [InlineData("Accept:", false)]
    public void A_caller_takes_SDP_unless_it_says_otherwise(string header, bool accepts) =>
        // RFC 3261 §20.1, RFC 4475 §3.3.15
        Assert.Equal(accepts, RequestChecks.AcceptsSdp(Request("INVITE", "sip:a@h", header)));

    [Theory]
    [InlineData("application/sdp", "Content-Encoding: identity", true)]
    [InlineData("application/sdp", "", true)]
    [InlineData("Application/SDP;charset=utf-8", "", true)]
    [InlineData("application/sdp", "Content-Encoding: gzip", false)]
    [InlineData("text/plain", "", false)]
    [InlineData("multipart/mixed;boundary=x", "", false)]
    [InlineData("multipart/mixed", "", false)]
    public void A_body_is_readable_when_it_is_plain_SDP(string type, string header, bool isReadable) =>
        // RFC 3261 §8.2.3
        Assert.Equal(isReadable, RequestChecks.HasReadableBody(Request("INVITE", "sip:a@h", header, "v=0", type)));

    [Fact]
    public void A_request_without_a_body_has_nothing_unreadable() =>
        Assert.True(RequestChecks.HasReadableBody(Request("INVITE", "sip:a@h", "Content-Encoding: gzip")));

    private static SipMessage Request(string method, string uri, string header, string? body = null, string type = "") => SipText.Parse(
        SipText.Write(
            $"{method} {uri} SIP/2.0",
            ["Via: SIP/2.0/UDP h;branch=z9hG4bK1", "From: <sip:a@h>;tag=1", "To: <sip:a@h>", "Call-ID: 1", $"CSeq: 1 {method}", header],
            body, type));
}
