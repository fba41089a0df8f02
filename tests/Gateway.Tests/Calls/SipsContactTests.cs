using System.Text;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Who speaks in SIPS URIs gets SIPS Contacts (RFC 3261 §8.1.1.8, §12.1.1).</summary>
public sealed class SipsContactTests : GatewayTest
{
    [Theory]
    [InlineData("INVITE sip:102@", "INVITE sips:102@")]
    [InlineData("Contact: <sip:101@", "Contact: <sips:101@")]
    [InlineData("Max-Forwards: 70", "Record-Route: <sips:p.example.com;lr>\r\nMax-Forwards: 70")]
    public void A_caller_that_does_gets_one_in_each_answer(string plain, string sips)
    {
        var alice = Script.Phone("101", protocol: SipTransportProtocol.Tls).Registers();
        var bob = Script.Phone("102", protocol: SipTransportProtocol.Tls).Registers();
        Script.Change = bytes => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(plain, sips, StringComparison.Ordinal));

        var call = alice.Invites("102");
        Script.Change = null;
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        AssertSips(call.Gets(180));
        ringing.Answers();
        ringing.Gets("ACK");
        AssertSips(call.Gets(200));
        call.Sends("ACK");
        call.HangsUp();

        Assert.StartsWith("<sip:", SipText.Header(ringing.Invite, "Contact"), StringComparison.Ordinal);
        ringing.GetsBye();
    }

    [Fact]
    public void A_callee_that_registered_one_gets_one_in_each_INVITE()
    {
        var alice = Script.Registered("101");
        var bob = Script.Phone("102", protocol: SipTransportProtocol.Tls);
        bob.Registers($"<sips:102@{bob.Flow.Remote}>");
        var (call, ringing) = Answered(alice, bob);
        AssertSips(ringing.Invite);

        call.SendsInvite(Sdp.Of(alice.Address, version: 2));
        AssertSips(ringing.Gets("INVITE"));
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        ringing.GetsBye();
    }

    [Fact]
    public void Others_get_none()
    {
        var (call, callee) = Answered(Script.Phone("101", protocol: SipTransportProtocol.Tls).Registers(), Script.Registered("102"));

        Assert.EndsWith(";transport=tls>", SipText.Header(call.Last, "Contact"), StringComparison.Ordinal);
        Assert.StartsWith("<sip:", SipText.Header(call.Last, "Contact"), StringComparison.Ordinal);
        call.HangsUp();
        callee.GetsBye();
    }

    private void AssertSips(SipMessage message) =>
        Assert.Equal($"<sips:{Script.Context.Token.Own}@198.51.100.1:5060>", SipText.Header(message, "Contact"));
}
