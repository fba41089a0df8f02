using System.Net;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Threats;

/// <summary>Open relays: what a stranger writes into Route, maddr, Via, Contact or a tag sends nothing of ours to where it says.</summary>
public sealed class RelayThreatTests : GatewayTest
{
    private const string Victim = "198.51.100.99";

    [Theory]
    [InlineData("INVITE", "sip:102@example.com", "", 407)]
    [InlineData("INVITE", "sip:someone@elsewhere.test", "", 404)]
    [InlineData("OPTIONS", "sip:example.com", "", 200)]
    [InlineData("BYE", "sip:102@example.com", ";tag=guessed", 481)]
    [InlineData("INVITE", "sip:102@example.com", ";tag=guessed", 481)]
    [InlineData("OPTIONS", "sip:102@example.com", "", 407)]
    [InlineData("MESSAGE", "sip:102@example.com", "", 407)]
    [InlineData("MESSAGE", "sip:someone@elsewhere.test", "", 404)]
    [InlineData("REGISTER", "sip:example.com", "", 401)]
    public void A_Route_decides_nothing(string method, string uri, string tag, int status)
    {
        // RFC 3261 §16.4 is for proxies, which this server is not.
        var mallory = Script.Stranger("666");

        mallory.Sends(Text(mallory, method, uri, tag, $"Route: <sip:{Victim};lr>", $"Route: <sip:{Victim}:5080>"));

        mallory.Gets(status);
        AssertNobodyElseHeard();
    }

    [Theory]
    [InlineData("sip:102@example.com;maddr=198.51.100.99")]
    [InlineData("sip:102@example.com:5099;transport=tcp")]
    public void A_Request_URI_names_an_extension_and_no_address(string uri)
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        alice.Sends(SipText.Write($"INVITE {uri} SIP/2.0", Headers(alice, "INVITE", alice.Digest.Answer("Proxy-Authorization", "INVITE", uri)), Sdp.Of(alice.Address)));

        bob.GetsCall().Sends(486);

        alice.Gets(486);
        AssertNobodyElseHeard();
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 198.51.100.99:5060;maddr=198.51.100.99;branch=z9hG4bKv")]
    [InlineData("SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKv")]
    [InlineData("SIP/2.0/UDP 169.254.169.254:80;branch=z9hG4bKv")]
    [InlineData("SIP/2.0/UDP [::ffff:127.0.0.1]:22;branch=z9hG4bKv")]
    [InlineData("SIP/2.0/UDP 0.0.0.0;branch=z9hG4bKv;received=198.51.100.99;rport=53")]
    public void An_answer_goes_to_where_its_request_came_from(string via)
    {
        // RFC 3261 §18.2.2, RFC 3581 §4
        var mallory = Script.Stranger("666");

        mallory.Sends(SipText.Write("OPTIONS sip:example.com SIP/2.0", [$"Via: {via}", .. Headers(mallory, "OPTIONS").Skip(1)], null));

        mallory.Gets(200);
        AssertNobodyElseHeard();
    }

    [Theory]
    [InlineData("sip:102@127.0.0.1:25")]
    [InlineData("sip:102@169.254.169.254:80")]
    [InlineData("sip:102@0.0.0.0")]
    [InlineData("sip:102@[::ffff:127.0.0.1]:22")]
    [InlineData("sip:102@198.51.100.1:5060")]
    [InlineData("sip:102@198.51.100.99;maddr=198.51.100.99;transport=tcp")]
    [InlineData("sip:102@198.51.100.99?Route=%3Csip:198.51.100.99%3E")]
    public void A_registered_Contact_is_reached_on_its_flow_whatever_it_names(string contact)
    {
        var alice = Script.Registered("101");
        var bob = Script.Phone("102").Registers($"<{contact}>");

        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(486);

        ringing.Gets("ACK");
        call.GetsRefusal(486);
        AssertNobodyElseHeard();
    }

    [Theory]
    [InlineData("sip:x@127.0.0.1:25")]
    [InlineData("sip:x@169.254.169.254")]
    [InlineData("sip:x@198.51.100.99;maddr=198.51.100.99")]
    public void Requests_within_a_call_go_to_its_parties_whatever_Contact_and_Record_Route_name(string contact)
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var uri = "sip:102@example.com";
        string[] headers =
        [
            .. Headers(alice, "INVITE", alice.Digest.Answer("Proxy-Authorization", "INVITE", uri)).Where(h => !h.StartsWith("Contact", StringComparison.Ordinal)),
            $"Contact: <{contact}>", $"Record-Route: <sip:{Victim};lr>",
        ];
        alice.Sends(SipText.Write($"INVITE {uri} SIP/2.0", headers, Sdp.Of(alice.Address)));
        var ringing = bob.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");
        alice.Gets(200);
        ringing.HangsUp();

        // The ACK never came: the 200 was repeated to the caller alone, and so is the BYE.
        Script.Passes(40);
        Assert.Contains(alice.Flow.Inbox, m => Phone.IsRequest(m, "BYE"));
        AssertNobodyElseHeard();
    }

    private void AssertNobodyElseHeard() => Assert.DoesNotContain(
        Script.Flows.Asked, remote => remote.Address.ToString() is Victim or "127.0.0.1" or "169.254.169.254" or "0.0.0.0" or "198.51.100.1"
            || remote.Address.Equals(IPAddress.Parse("::ffff:127.0.0.1")) || remote.Port is 5080 or 5099);

    private static string Text(Phone phone, string method, string uri, string tag, params string[] headers) => SipText.Write(
        $"{method} {uri} SIP/2.0", [.. Headers(phone, method).Select(h => h.StartsWith("To:", StringComparison.Ordinal) ? h + tag : h), .. headers], null);

    private static string[] Headers(Phone phone, string method, string credentials = "") =>
    [
        phone.Via(phone.NewBranch()), "Max-Forwards: 70", $"From: <sip:{phone.User}@example.com>;tag={phone.NewId("t")}", "To: <sip:102@example.com>",
        $"Call-ID: {phone.NewId("relay")}", $"CSeq: 1 {method}", $"Contact: {phone.Contact}", credentials,
    ];
}
