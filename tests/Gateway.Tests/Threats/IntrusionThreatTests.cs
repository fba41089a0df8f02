using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Threats;

/// <summary>Toll fraud, false identities and other people's calls.</summary>
public sealed class IntrusionThreatTests : GatewayTest
{
    [Theory]
    [InlineData("MESSAGE", 407)]
    [InlineData("OPTIONS", 407)]
    [InlineData("NOTIFY", 481)]
    [InlineData("SUBSCRIBE", 405)]
    [InlineData("REFER", 403)]
    [InlineData("PUBLISH", 405)]
    [InlineData("PRACK", 481)]
    public void No_method_reaches_a_phone_without_credentials(string method, int status)
    {
        // CVE-2021-37624 (MESSAGE), CVE-2021-41157 (SUBSCRIBE): what is not done yet is 405, and nobody hears of it.
        var bob = Script.Registered("102");
        var mallory = Script.Stranger("101");
        var before = Script.Left;

        mallory.Sends(SipText.Write($"{method} sip:102@example.com SIP/2.0", Headers(mallory, method), "hello", "text/plain"));

        Assert.Contains(mallory.Flow.Inbox, m => m.StatusCode == status);
        bob.GetsNothing();
        Assert.Equal(before, Script.Left);
    }

    [Fact]
    public void An_INVITE_without_credentials_rings_nowhere()
    {
        var bob = Script.Registered("102");
        var mallory = Script.Stranger("101");

        mallory.Sends(SipText.Write("INVITE sip:102@example.com SIP/2.0", Headers(mallory, "INVITE"), Sdp.Of(mallory.Address)));

        mallory.Gets(407);
        bob.GetsNothing();
    }

    [Theory]
    [InlineData("P-Asserted-Identity: <sip:boss@example.com>")]
    [InlineData("P-Preferred-Identity: <sip:boss@example.com>")]
    [InlineData("Remote-Party-ID: <sip:boss@example.com>;party=calling")]
    [InlineData("Diversion: <sip:boss@example.com>")]
    [InlineData("History-Info: <sip:boss@example.com>;index=1")]
    [InlineData("Identity: sig;info=<https://ca.example/c>;alg=ES256")]
    [InlineData("Referred-By: <sip:boss@example.com>")]
    [InlineData("Call-Info: <http://198.51.100.99/x>;purpose=icon")]
    [InlineData("Route: <sip:198.51.100.99;lr>")]
    [InlineData("X-Anything: boss")]
    public void Nothing_that_a_caller_says_of_itself_passes_but_what_a_call_needs(string header)
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.Invites("102", headers: header);
        var invite = bob.Gets("INVITE");

        Assert.Empty(SipText.Lines(invite, header.Split(':')[0]));
        Assert.Contains("<sip:101@example.com>", SipText.Header(invite, "From"), StringComparison.Ordinal);
        call.Sends("CANCEL");
    }

    [Theory]
    [InlineData("sip:102@example.com")]
    [InlineData("sip:101%00@example.com")]
    [InlineData("sip:101%0d%0a@example.com")]
    [InlineData("sips:boss@example.com")]
    [InlineData("tel:+101")]
    public void Who_authenticates_as_one_does_not_speak_as_another(string from)
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var headers = Headers(alice, "INVITE").Select(h => h.StartsWith("From:", StringComparison.Ordinal) ? $"From: <{from}>;tag=spoofed" : h);

        alice.Sends(SipText.Write(
            "INVITE sip:102@example.com SIP/2.0",
            [.. headers, alice.Digest.Answer("Proxy-Authorization", "INVITE", "sip:102@example.com")], Sdp.Of(alice.Address)));

        alice.Gets(403);
        bob.GetsNothing();
    }

    [Fact]
    public void A_strangers_re_INVITE_does_not_move_the_media()
    {
        // Threats: third-party re-INVITE with all its ids right.
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var mallory = Script.Stranger("666");

        mallory.Sends(call.TextOf("INVITE", mallory));

        mallory.Gets(481);
        callee.GetsNothing();
        call.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public void What_a_caller_hides_in_quoted_pairs_reaches_nobody()
    {
        // RFC 3261 §25.1: any octet but CR and LF may follow a backslash within quotes.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.Invites("102", headers: ["Subject: \"a\\\0b\\\u001bc\"", "Alert-Info: <x>;p=\"\\\u0007\""]);
        var invite = bob.Gets("INVITE");

        Assert.Equal("\"a\\ b\\ c\"", SipText.Header(invite, "Subject"));
        Assert.DoesNotContain(SipText.Of(invite).Split("\r\n\r\n")[0], c => char.IsControl(c) && c is not ('\r' or '\n'));
        call.Sends("CANCEL");
    }

    [Theory]
    [InlineData("1'%20or%20'1'='1")]
    [InlineData("a&b;c,d")]
    [InlineData("*")]
    [InlineData("102%0a")]
    [InlineData("102%00")]
    [InlineData("..")]
    [InlineData("102%7cdefault")]
    public void A_number_is_a_number_whatever_characters_it_has(string number)
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.Invites(number);

        call.GetsRefusal(404);
        bob.GetsNothing();
    }

    private static string[] Headers(Phone phone, string method) =>
    [
        phone.Via(phone.NewBranch()), "Max-Forwards: 70", $"From: <sip:101@example.com>;tag={phone.NewId("t")}", "To: <sip:102@example.com>",
        $"Call-ID: {phone.NewId("intruder")}", $"CSeq: 1 {method}", $"Contact: {phone.Contact}",
    ];
}
