using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Requests within a call (RFC 3261 §12.2).</summary>
public sealed class DialogRequestTests : GatewayTest
{
    [Fact]
    public void INFO_passes_to_the_other_party_and_its_answer_back()
    {
        // RFC 6086 §4.2.2: the legacy use, DTMF.
        var (call, callee) = Calling();

        call.Sends("INFO", "Signal=5\r\nDuration=160\r\n", "application/dtmf-relay");
        callee.Gets("INFO");
        Assert.Equal("Signal=5\r\nDuration=160\r\n", callee.LastSdp);
        Assert.Equal("application/dtmf-relay", SipText.Header(callee.Last, "Content-Type"));
        callee.Sends(200, to: "INFO");

        call.Gets(200);
        call.HangsUp();
    }

    [Fact]
    public void A_refused_INFO_passes_back_and_the_call_goes_on()
    {
        var (call, callee) = Calling();

        call.Sends("INFO", "x", "text/plain");
        callee.Gets("INFO");
        callee.Sends(415, to: "INFO");

        call.Gets(415);
        call.HangsUp();
    }

    [Fact]
    public void A_challenge_to_an_INFO_does_not_pass()
    {
        // Threats: digest leak.
        var (call, callee) = Calling();

        call.Sends("INFO", "x", "text/plain");
        callee.Gets("INFO");
        callee.Sends(407, to: "INFO", headers: ["""Proxy-Authenticate: Digest realm="x", nonce="y" """.Trim()]);

        call.Gets(500);
        call.HangsUp();
    }

    [Fact]
    public void A_party_that_answers_an_INFO_with_481_ends_the_call()
    {
        // RFC 3261 §12.2.1.2
        var (call, callee) = Calling();
        call.Sends("INFO", "x", "text/plain");
        callee.Gets("INFO");

        callee.Sends(481, to: "INFO");

        call.Gets(481);
        call.GetsBye();
    }

    [Fact]
    public void A_strangers_BYE_does_not_end_the_call()
    {
        // Threats: third-party BYE with guessed ids.
        var (call, callee) = Calling();
        var mallory = Script.Stranger("666");

        mallory.Sends(call.TextOf("BYE", mallory));

        mallory.Gets(481);
        callee.GetsNothing();
        call.HangsUp();
    }

    [Fact]
    public void A_BYE_with_a_wrong_tag_does_not_end_the_call()
    {
        var (call, callee) = Calling();

        call.Sends("BYE", fromTag: "guessed");

        call.Gets(481);
        callee.GetsNothing();
        call.HangsUp();
    }

    [Fact]
    public void OPTIONS_within_a_call_asks_the_other_party_and_tells_what_passes_here()
    {
        // RFC 3261 §11: the other party's abilities count only where what it can passes.
        var (call, callee) = Calling();

        call.Sends("OPTIONS");
        callee.Gets("OPTIONS");
        callee.Sends(200, Sdp.Of(callee.Phone.Address), to: "OPTIONS", headers: ["Allow: INVITE, PUBLISH", "Supported: gruu"]);

        var answer = call.Gets(200);
        Assert.All((string[])["Allow", "Accept", "Supported"], name => Assert.NotEmpty(SipText.Header(answer, name)));
        Assert.DoesNotContain("PUBLISH", SipText.Header(answer, "Allow"), StringComparison.Ordinal);
        Assert.Empty(SipText.Body(answer));
        call.HangsUp();
    }

    [Theory]
    [InlineData("MESSAGE", "text/plain")]
    [InlineData("NOTIFY", "application/simple-message-summary")]
    public void A_request_passes_both_ways_with_the_identifiers_of_each_leg(string method, string type)
    {
        // RFC 3428 §3, RFC 6665 §4.2, RFC 3261 §12.2.1.1
        var (call, callee) = Calling();

        call.Sends(method, "hello", type);
        callee.Gets(method);
        Assert.Equal(("hello", type), (callee.LastSdp, SipText.Header(callee.Last, "Content-Type")));
        Assert.Equal(callee.CallId, SipText.Header(callee.Last, "Call-ID"));
        Assert.NotEqual(call.CallId, callee.CallId);
        callee.Sends(200, to: method);
        call.Gets(200);

        callee.Sends(method, "hi", type);
        call.Gets(method);
        Assert.Equal("hi", call.LastSdp);
        Assert.Equal(call.CallId, SipText.Header(call.Last, "Call-ID"));
        call.Sends(202, to: method);
        callee.Gets(202);
        call.HangsUp();
    }

    [Fact]
    public void A_MESSAGE_too_long_for_a_datagram_is_513()
    {
        // RFC 3428 §8
        var (call, callee) = Calling();

        call.Sends("MESSAGE", new string('x', 1300), "text/plain");

        call.Gets(513);
        callee.GetsNothing();
        call.Sends("MESSAGE", "short", "text/plain");
        callee.Gets("MESSAGE");
        callee.Sends(200, to: "MESSAGE");
        call.Gets(200);
        call.HangsUp();
    }

    [Theory]
    [InlineData("MESSAGE")]
    [InlineData("NOTIFY")]
    [InlineData("OPTIONS")]
    public void A_request_of_a_call_that_nobody_knows_is_481(string method)
    {
        // RFC 3261 §12.2.2
        var (call, callee) = Calling();

        call.Sends(method, "x", "text/plain", fromTag: "guessed");

        call.Gets(481);
        callee.GetsNothing();
        call.HangsUp();
    }

    [Fact]
    public void An_unknown_method_within_a_call_is_405_with_the_known_ones()
    {
        // RFC 3261 §8.2.1
        var (call, _) = Calling();

        call.Sends("SUBSCRIBE");

        Assert.NotEmpty(SipText.Header(call.Gets(405), "Allow"));
        call.HangsUp();
    }

    [Fact]
    public void A_request_after_the_end_is_481()
    {
        var (call, callee) = Calling();
        callee.HangsUp();
        call.GetsBye();

        call.Sends("INFO", "x", "text/plain");

        call.Gets(481);
    }

    [Fact]
    public void An_INFO_before_the_answer_is_480()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        bob.GetsCall().Sends(180);
        call.Gets(180);

        call.Sends("INFO", "x", "text/plain");

        call.Gets(480);
        call.Sends("CANCEL");
    }

    [Fact]
    public void The_same_INVITE_by_another_way_is_482()
    {
        // RFC 3261 §8.2.2.2
        var alice = Script.Registered("101");
        Script.Registered("102");
        var call = alice.Invites("102");

        alice.Digest.Count++;
        alice.Sends(call.TextOfCopy(alice.Digest.Answer("Proxy-Authorization", "INVITE", call.Target)));

        call.Gets(482);
        call.Sends("CANCEL");
    }

    [Fact]
    public void A_Record_Route_is_copied_into_what_makes_the_dialog()
    {
        // RFC 3261 §12.1.1
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102", headers: ["Record-Route: <sip:edge.example.net;lr>"]);
        var ringing = bob.GetsCall();
        ringing.Sends(180);

        Assert.Equal("<sip:edge.example.net;lr>", SipText.Header(call.Gets(180), "Record-Route"));
        ringing.Answers();
        ringing.Gets("ACK");
        Assert.Equal("<sip:edge.example.net;lr>", SipText.Header(call.Gets(200), "Record-Route"));
        call.Sends("ACK");
        ringing.HangsUp();
        Assert.Equal("<sip:edge.example.net;lr>", SipText.Header(call.Gets("BYE"), "Route"));
    }

    private (PhoneCall Caller, PhoneCall Callee) Calling() => Answered(Script.Registered("101"), Script.Registered("102"));
}
