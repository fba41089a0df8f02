using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>What passes between the legs of a call with a request within it, and what is hidden: the table of docs/headers.md, line by line.</summary>
public sealed class DialogHeadersTests : GatewayTest
{
    [Theory]
    [InlineData("Info-Package", "conference", true)]
    [InlineData("Event", "refer;id=93809824", true)]
    [InlineData("Subscription-State", "active;expires=60", true)]
    [InlineData("Priority", "urgent", true)]
    [InlineData("Date", "Sat, 13 Nov 2010 23:29:00 GMT", true)]
    [InlineData("Expires", "60", true)]
    [InlineData("Subject", "lunch", true)]
    [InlineData("MIME-Version", "1.0", true)]
    [InlineData("Content-Disposition", "info-package", true)]
    [InlineData("Content-Language", "tr", true)]
    [InlineData("User-Agent", "secret-phone/1", false)]
    [InlineData("Organization", "Acme", false)]
    [InlineData("Reply-To", "<sip:a@192.0.2.9>", false)]
    [InlineData("In-Reply-To", "secret@192.0.2.9", false)]
    [InlineData("Call-Info", "<http://192.0.2.9/x>", false)]
    [InlineData("Alert-Info", "<http://192.0.2.9/x>", false)]
    [InlineData("P-Asserted-Identity", "<sip:boss@example.com>", false)]
    [InlineData("P-Preferred-Identity", "<sip:boss@example.com>", false)]
    [InlineData("Remote-Party-ID", "<sip:boss@example.com>", false)]
    [InlineData("Privacy", "id", false)]
    [InlineData("Identity", "eyJhbGci", false)]
    [InlineData("Diversion", "<sip:boss@example.com>", false)]
    [InlineData("History-Info", "<sip:boss@example.com>;index=1", false)]
    [InlineData("Referred-By", "<sip:boss@example.com>", false)]
    [InlineData("Refer-To", "<sip:boss@example.com>", false)]
    [InlineData("User-to-User", "56a390;encoding=hex", false)]
    [InlineData("P-Access-Network-Info", "IEEE-802.11", false)]
    [InlineData("P-Charging-Vector", "icid-value=secret", false)]
    [InlineData("Authorization", "Digest username=\"101\", realm=\"x\", nonce=\"n\", uri=\"sip:x\", response=\"00000000000000000000000000000000\"", false)]
    [InlineData("X-Anything", "secret", false)]
    public void A_request_shows_of_its_sender(string name, string value, bool passes)
    {
        var (call, callee) = Calling();

        call.SendsWith("INFO", "x", "text/plain", $"{name}: {value}");
        callee.Gets("INFO");

        Assert.Equal(passes, SipText.Lines(callee.Last, name).Any(line => line.Contains(value, StringComparison.Ordinal)));
        callee.Sends(200, to: "INFO");
        call.Gets(200);
        call.HangsUp();
    }

    [Theory]
    [InlineData(480, "Retry-After", "7", true)]
    [InlineData(415, "Accept", "text/html", true)]
    [InlineData(415, "Accept-Encoding", "gzip", true)]
    [InlineData(415, "Accept-Language", "tr", true)]
    [InlineData(469, "Recv-Info", "conference", true)]
    [InlineData(489, "Allow-Events", "presence", true)]
    [InlineData(405, "Allow", "INVITE, ACK", true)]
    [InlineData(200, "Allow", "INVITE, ACK", false)]
    [InlineData(200, "Server", "secret-phone/1", false)]
    [InlineData(200, "User-Agent", "secret-phone/1", false)]
    [InlineData(200, "Organization", "Acme", false)]
    [InlineData(400, "Warning", "399 192.0.2.9 \"x\"", false)]
    [InlineData(200, "Supported", "gruu", false)]
    [InlineData(200, "Contact", "<sip:102@192.0.2.9>", false)]
    [InlineData(200, "P-Asserted-Identity", "<sip:boss@example.com>", false)]
    [InlineData(500, "Error-Info", "<http://192.0.2.9/x>", false)]
    [InlineData(200, "Authentication-Info", "nextnonce=\"n\"", false)]
    [InlineData(200, "X-Anything", "secret", false)]
    public void An_answer_shows_of_its_sender(int status, string name, string value, bool passes)
    {
        var (call, callee) = Calling();
        call.Sends("INFO", "x", "text/plain");
        callee.Gets("INFO");

        callee.Sends(status, to: "INFO", headers: [$"{name}: {value}"]);

        Assert.Equal(passes, SipText.Lines(call.Gets(status), name).Any(line => line.Contains(value, StringComparison.Ordinal)));
        call.HangsUp();
    }

    [Theory]
    [InlineData("INFO")]
    [InlineData("MESSAGE")]
    [InlineData("INVITE")]
    public void That_a_party_serves_nothing_for_a_while_is_not_said_of_us(string method)
    {
        // RFC 3261 §16.7 step 6, §21.5.4
        var (call, callee) = Calling();
        call.Sends(method, method == "INVITE" ? Sdp.Of("192.0.2.10", version: 2) : "x", method == "INVITE" ? "application/sdp" : "text/plain");
        callee.Gets(method);

        callee.Sends(503, to: method, headers: ["Retry-After: 120"]);

        Assert.Empty(SipText.Lines(call.Gets(500), "Retry-After"));
        if (method == "INVITE")
            call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void A_408_to_a_request_that_is_no_INVITE_is_504_and_ends_the_call()
    {
        // RFC 4320 §4.2, RFC 3261 §12.2.1.2
        var (call, callee) = Calling();
        call.Sends("INFO", "x", "text/plain");
        callee.Gets("INFO");

        callee.Sends(408, to: "INFO");

        call.Gets(504);
        call.GetsBye();
    }

    [Theory]
    [InlineData("INFO", true)]
    [InlineData("NOTIFY", true)]
    [InlineData("MESSAGE", false)]
    [InlineData("OPTIONS", false)]
    public void The_body_of_an_answer_passes_where_it_may_have_one(string method, bool passes)
    {
        // RFC 6086 §4.2.1, RFC 3428 §7
        var (call, callee) = Calling();
        call.Sends(method, "x", "text/plain");
        callee.Gets(method);

        callee.Sends(200, "v=0\r\n", to: method);

        Assert.Equal(passes ? "v=0\r\n" : "", SipText.Body(call.Gets(200)));
        call.HangsUp();
    }

    [Fact]
    public void Who_calls_without_a_name_says_nothing_by_a_subject()
    {
        // RFC 3323 §5.3
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102", headers: ["Privacy: id"]);
        var callee = bob.GetsCall();
        callee.Answers();
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        call.SendsWith("MESSAGE", "x", "text/plain", "Subject: from Alice");

        Assert.Empty(SipText.Lines(callee.Gets("MESSAGE"), "Subject"));
        callee.Sends(200, to: "MESSAGE");
        call.Gets(200);
        call.HangsUp();
    }

    private (PhoneCall Caller, PhoneCall Callee) Calling() => Answered(Script.Registered("101"), Script.Registered("102"));
}
