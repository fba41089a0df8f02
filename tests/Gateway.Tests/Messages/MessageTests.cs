using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Messages;

/// <summary>MESSAGE out of calls (RFC 3428) from one extension to another.</summary>
public sealed class MessageTests : StandaloneTest
{
    [Fact]
    public void A_message_reaches_the_phone_and_its_answer_the_sender()
    {
        // RFC 3428 §4, §7
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));

        SendsMessage(alice, "102");
        var message = bob.Gets("MESSAGE");
        Answers(bob, message, 200);

        Assert.Equal($"MESSAGE sip:102@{bob.Flow.Remote} SIP/2.0", SipText.FirstLine(message));
        Assert.Equal(("hello", "text/plain"), (SipText.Body(message), SipText.Header(message, "Content-Type")));
        Assert.StartsWith("<sip:101@example.com>;tag=", SipText.Header(message, "From"), StringComparison.Ordinal);
        Assert.Equal("<sip:102@example.com>", SipText.Header(message, "To"));
        Assert.Equal("69", SipText.Header(message, "Max-Forwards"));
        Assert.Empty(SipText.Lines(message, "Contact"));
        Assert.Empty(SipText.Lines(alice.Gets(200), "Contact"));
        bob.GetsNothing();
    }

    [Theory]
    [InlineData("102")]
    [InlineData("999")]
    public void Without_credentials_it_is_407_whether_the_extension_exists_or_not(string number)
    {
        var bob = Script.Registered("102");
        var mallory = Script.Stranger("101");

        mallory.Sends(Text(mallory, "MESSAGE", $"sip:{number}@example.com", "hello"));

        mallory.Gets(407);
        bob.GetsNothing();
    }

    [Fact]
    public void To_an_extension_without_a_phone_it_is_480()
    {
        Script.AddExtension("102");
        var alice = Script.Registered("101");

        SendsMessage(alice, "102");

        alice.Gets(480);
    }

    [Theory]
    [InlineData("999")]
    [InlineData("103")]
    [InlineData("*43")]
    public void To_nobody_it_is_404(string number)
    {
        Script.AddExtension("103", extension => extension with { Enabled = false });
        var alice = Script.Registered("101");

        SendsMessage(alice, number);

        alice.Gets(404);
    }

    [Fact]
    public void A_message_that_names_no_number_is_404()
    {
        var alice = Script.Registered("101");

        Sends(alice, "MESSAGE", "sip:example.com", "hello");

        alice.Gets(404);
    }

    [Theory]
    [InlineData(202, 202)]
    [InlineData(404, 404)]
    [InlineData(415, 415)]
    [InlineData(486, 486)]
    [InlineData(603, 603)]
    [InlineData(302, 480)]
    [InlineData(401, 500)]
    [InlineData(407, 500)]
    [InlineData(420, 502)]
    [InlineData(408, 480)]
    [InlineData(430, 480)]
    [InlineData(503, 480)]
    public void What_the_phone_says_reaches_the_sender_as_far_as_it_is_its_business(int said, int heard)
    {
        // RFC 3261 §16.7 step 6, RFC 4320 §4.2; threats: digest leak.
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));

        SendsMessage(alice, "102");
        Answers(bob, bob.Gets("MESSAGE"), said, "WWW-Authenticate: Digest realm=\"x\", nonce=\"n\"", "Contact: <sip:elsewhere@192.0.2.99>", "Accept: text/html");

        var answer = alice.Gets(heard);
        Assert.Empty(SipText.Lines(answer, "WWW-Authenticate"));
        Assert.Empty(SipText.Lines(answer, "Contact"));
        Assert.Equal(said == heard ? "text/html" : "", SipText.Header(answer, "Accept"));
    }

    [Theory]
    [InlineData("Priority: urgent", true)]
    [InlineData("Date: Sat, 13 Nov 2010 23:29:00 GMT", true)]
    [InlineData("Expires: 60", true)]
    [InlineData("Subject: lunch", true)]
    [InlineData("Content-Language: tr", true)]
    [InlineData("User-Agent: secret-phone/1", false)]
    [InlineData("Contact: <sip:101@192.0.2.9>", false)]
    [InlineData("Reply-To: <sip:101@192.0.2.9>", false)]
    [InlineData("In-Reply-To: secret@192.0.2.9", false)]
    [InlineData("Route: <sip:192.0.2.9;lr>", false)]
    [InlineData("P-Asserted-Identity: <sip:boss@example.com>", false)]
    [InlineData("X-Anything: secret", false)]
    public void It_shows_of_its_sender(string header, bool passes)
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));

        SendsMessage(alice, "102", header);

        var message = bob.Gets("MESSAGE");
        Assert.Equal(passes, SipText.Lines(message, header.Split(':')[0]).Contains(header));
        Assert.Empty(SipText.Lines(message, "Proxy-Authorization"));
        Answers(bob, message, 200);
        alice.Gets(200);
    }

    [Theory]
    [InlineData("<sip:101@example.com>", "<sip:101@example.com>")]
    [InlineData("\"Al\" <sip:101@example.com>", "\"Al\" <sip:101@example.com>")]
    [InlineData("<sip:5550101@example.com>", "<sip:5550101@example.com>")]
    [InlineData("\"Al\" <sip:anonymous@anonymous.invalid>", "\"Anonymous\" <sip:anonymous@anonymous.invalid>")]
    public void An_extension_writes_as_one_of_its_identities_or_anonymously(string from, string shown)
    {
        // RFC 3323 §4.1.1.3
        var bob = Script.Registered("102");
        Script.AddExtension("101", extension => extension with { Identities = "5550101" });
        var alice = Script.Registered("101");

        SendsMessage(alice, "102", $"From: {from};tag=f");

        var message = bob.Gets("MESSAGE");
        Assert.StartsWith($"{shown};tag=", SipText.Header(message, "From"), StringComparison.Ordinal);
        Answers(bob, message, 200);
        alice.Gets(200);
    }

    [Fact]
    public void An_extension_writes_as_nobody_else()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));

        SendsMessage(alice, "102", "From: <sip:boss@example.com>;tag=f");

        alice.Gets(403);
        bob.GetsNothing();
    }

    [Fact]
    public void Who_asks_for_privacy_is_not_shown_by_From_nor_Subject()
    {
        // RFC 3323 §5.3, RFC 3325 §9.3
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));

        SendsMessage(alice, "102", "Privacy: id", "Subject: from Alice");

        var message = bob.Gets("MESSAGE");
        Assert.StartsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>;", SipText.Header(message, "From"), StringComparison.Ordinal);
        Assert.Empty(SipText.Lines(message, "Subject"));
        Answers(bob, message, 200);
        alice.Gets(200);
    }

    [Theory]
    [InlineData(SipTransportProtocol.Udp, false)]
    [InlineData(SipTransportProtocol.Tcp, true)]
    public void What_is_too_long_for_a_datagram_goes_by_streams_alone(SipTransportProtocol protocol, bool passes)
    {
        // RFC 3428 §8
        var alice = Script.Registered("101");
        var bob = Script.Phone("102", protocol: protocol).Registers();
        var body = new string('x', 1300);

        Sends(alice, "MESSAGE", "sip:102@example.com", body);

        if (passes)
        {
            var message = bob.Gets("MESSAGE");
            Assert.Equal(body, SipText.Body(message));
            Answers(bob, message, 200);
        }

        alice.Gets(passes ? 200 : 513);
        bob.GetsNothing();
    }

    [Fact]
    public void Of_a_phone_that_says_nothing_the_sender_hears_before_it_gives_up()
    {
        // RFC 4320 §4.2: after 64*T1 no answer may be sent any more.
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        bob.Flow.IsDeaf = true;

        SendsMessage(alice, "102");
        Script.Passes(26);
        alice.GetsNothing();
        Script.Passes(2);

        alice.Gets(480);
        bob.Flow.IsDeaf = false;
    }

    [Fact]
    public void A_phone_whose_way_is_gone_is_off_line()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        bob.Flow.IsBroken = true;

        SendsMessage(alice, "102");
        Script.Passes(0.1);

        alice.Gets(480);
    }

    [Fact]
    public void A_message_sent_again_arrives_once_and_is_answered_again()
    {
        // RFC 3261 §17.2.2
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var uri = "sip:102@example.com";
        var text = Text(alice, "MESSAGE", uri, "hello", alice.Digest.Answer("Proxy-Authorization", "MESSAGE", uri));

        alice.Sends(text);
        alice.Sends(text);
        Answers(bob, bob.Gets("MESSAGE"), 200);
        alice.Gets(200);
        alice.Sends(text);

        alice.Gets(200);
        bob.GetsNothing();
    }

    [Fact]
    public void Its_extension_is_asked_once()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var grain = Script.Grains.Extension(SipScript.Tenant, "102");
        var reaches = grain.Reaches;

        SendsMessage(alice, "102");
        Answers(bob, bob.Gets("MESSAGE"), 200);

        alice.Gets(200);
        Assert.Equal(reaches + 1, grain.Reaches);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void While_the_cluster_fails_it_is_503_with_a_time_to_come_back(bool isSlow)
    {
        // RFC 3261 §21.5.4
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        (Script.Grains.Weather.IsSlow, Script.Grains.Weather.IsDown) = (isSlow, !isSlow);

        SendsMessage(alice, "102");
        Script.Passes(3);

        Assert.NotEmpty(SipText.Header(alice.Gets(503), "Retry-After"));
        bob.GetsNothing();
    }

    [Fact]
    public void To_a_SIPS_URI_it_goes_by_TLS_alone()
    {
        // RFC 5630 §3.1
        var alice = Script.Phone("101", protocol: SipTransportProtocol.Tls).Registers();
        var open = Script.Registered("102");

        Sends(alice, "MESSAGE", "sips:102@example.com", "hello");
        Assert.StartsWith("380 ", SipText.Header(alice.Gets(480), "Warning"), StringComparison.Ordinal);
        var secure = Script.Phone("102", protocol: SipTransportProtocol.Tls).Registers();
        Sends(alice, "MESSAGE", "sips:102@example.com", "hello");

        Answers(secure, secure.Gets("MESSAGE"), 200);
        alice.Gets(200);
        open.GetsNothing();
    }

    [Fact]
    public void Without_hops_left_it_is_483()
    {
        // RFC 3261 §16.3 step 3
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));

        SendsMessage(alice, "102", "Max-Forwards: 0");

        alice.Gets(483);
        bob.GetsNothing();
    }
}
