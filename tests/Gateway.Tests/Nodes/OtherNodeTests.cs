using System.Text;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Gateway.Tests.Messages;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Nodes;

/// <summary>Phones whose flow another node holds (the architecture, Across silos).</summary>
public sealed class OtherNodeTests : GatewayTest
{
    private static readonly FlowAddress Flow =
        new(new FlowId("node-b", "1", 0), Transport.Udp, "192.0.2.200", 5060, "203.0.113.2:5060");

    private InMemoryGateway NodeB => Script.Grains.Gateway("node-b");

    [Fact]
    public void A_call_to_a_phone_of_another_node_travels_there()
    {
        var call = CallsPhoneOfNodeB();

        var invite = Assert.Single(NodeB.Sent);
        Assert.Contains("Via: SIP/2.0/UDP 203.0.113.2:5060;", invite, StringComparison.Ordinal);
        Assert.EndsWith("@203.0.113.2:5060>", SipText.Header(SipText.Parse(invite), "Contact"), StringComparison.Ordinal);
        call.Sends("CANCEL");
    }

    [Fact]
    public void What_its_phone_answers_comes_back_through_it()
    {
        var call = CallsPhoneOfNodeB();

        Comes(Answer(NodeB.Sent.Last(), 486));

        call.GetsRefusal(486);
        Assert.StartsWith("ACK ", NodeB.Sent.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_to_a_phone_of_another_node_travels_there_and_its_answer_comes_back()
    {
        // RFC 3428
        var alice = Script.Registered("101");
        Register("102");

        StandaloneTest.SendsMessage(alice, "102");
        var message = Assert.Single(NodeB.Sent);
        Comes(Answer(message, 200));

        Assert.StartsWith("MESSAGE sip:102@192.0.2.200 ", message, StringComparison.Ordinal);
        alice.Gets(200);
    }

    [Fact]
    public void A_phone_whose_node_is_gone_is_off_line()
    {
        var alice = Script.Registered("101");
        Register("102");
        Script.Grains.GatewaysAreGone = true;

        var call = alice.Invites("102");
        Script.Passes(0.6);

        call.GetsRefusal(480);
    }

    [Fact]
    public void A_request_that_names_another_node_is_handed_to_it()
    {
        var alice = Script.Phone("101");
        var token = new NodeToken(new NodeIdentity("node-b", "1"), new FixedClusterKeys()).Own;

        alice.Sends(SipText.Write(
            $"BYE sip:{token}@203.0.113.2 SIP/2.0",
            [alice.Via("z9hG4bKx"), "From: <sip:a@h>;tag=1", "To: <sip:b@h>;tag=2", "Call-ID: elsewhere", "CSeq: 2 BYE"], null));

        Assert.StartsWith($"BYE sip:{token}@", Assert.Single(NodeB.Received), StringComparison.Ordinal);
        alice.GetsNothing();
    }

    [Fact]
    public void A_request_with_a_forged_token_stays_here()
    {
        var alice = Script.Phone("101");
        var token = new NodeToken(new NodeIdentity("node-b", "1"), new FixedClusterKeys("other")).Own;

        alice.Sends(SipText.Write(
            $"BYE sip:{token}@203.0.113.2 SIP/2.0",
            [alice.Via("z9hG4bKx"), "From: <sip:a@h>;tag=1", "To: <sip:b@h>;tag=2", "Call-ID: elsewhere", "CSeq: 2 BYE"], null));

        alice.Gets(481);
        Assert.Empty(NodeB.Received);
    }

    [Fact]
    public void What_another_node_sends_for_a_phone_of_ours_reaches_it()
    {
        var alice = Script.Registered("101");
        var flow = Script.Grains.Extension(SipScript.Tenant, "101").Bindings[0].Flow;

        _ = Script.Observer.OnSend(flow, Bytes("OPTIONS sip:101@h SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKz\r\nFrom: <sip:a@h>;tag=1\r\n"
            + "To: <sip:b@h>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n"));

        alice.Gets("OPTIONS");
    }

    private PhoneCall CallsPhoneOfNodeB()
    {
        var alice = Script.Registered("101");
        Register("102");
        return alice.Invites("102");
    }

    private void Register(string username)
    {
        Script.AddExtension(username);
        var uri = $"sip:{username}@192.0.2.200";
        var contact = new ContactWish(uri, TimeSpan.FromHours(1), 1000, null, null, uri);
        _ = Script.Grains.Extension(SipScript.Tenant, username).Register(new RegisterCommand("c", 1, [contact], false, [], Flow, ""));
    }

    private void Comes(string message)
    {
        _ = Script.Observer.OnReceive(Flow, Bytes(message));
        Script.Settle();
    }

    private static SipBytes Bytes(string text) => new([.. Encoding.UTF8.GetBytes(text)]);

    private static string Answer(string request, int status)
    {
        string[] copied = ["Via:", "From:", "Call-ID:", "CSeq:"];
        var lines = request.Split("\r\n").Where(l => copied.Any(c => l.StartsWith(c, StringComparison.Ordinal)));
        return SipText.Write($"SIP/2.0 {status} X", [.. lines, "To: <sip:102@h>;tag=b"], null);
    }
}
