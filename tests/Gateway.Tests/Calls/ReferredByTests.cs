using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Who is told who asked for a transfer (RFC 3892).</summary>
public sealed class ReferredByTests : GatewayTest
{
    [Fact]
    public void Who_hides_who_it_is_asks_the_other_partys_phone_without_its_name()
    {
        // RFC 3323 §5.3
        Script.Configure(s => s with { Transfers = TransferPolicy.PassThrough });
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102", "", "Privacy: id");
        var callee = bob.GetsCall();
        Answer(call, callee);

        Refers(call, "<sip:103@example.com>", "Referred-By: <sip:101@example.com>");

        Assert.Equal("", SipText.Header(callee.Gets("REFER"), "Referred-By"));
        callee.Sends(603, to: "REFER");
        call.Gets(603);
        Ends(call, callee);
    }

    [Fact]
    public void The_target_hears_nothing_that_a_transferor_says_of_who_asks_for_it()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var carol = Script.Registered("103");

        Refers(callee, "<sip:103@example.com>", "Referred-By: <sip:boss@example.com>");

        callee.Gets(202);
        Notified(callee, 100);
        var ringing = carol.GetsCall();
        Assert.Equal("", SipText.Header(ringing.Invite, "Referred-By"));
        ringing.Answers(Sdp.Of(carol.Address, 41000));
        ringing.Gets("ACK");
        Notified(callee, 200);
        callee.GetsBye();
        call.Gets("INVITE");
        call.Answers();
        call.Gets("ACK");
        Ends(call, ringing);
    }

    private static void Refers(PhoneCall transferor, string target, params string[] headers) =>
        transferor.SendsWith("REFER", "", "", [$"Refer-To: {target}", $"Contact: {transferor.Phone.Contact}", .. headers]);

    private static void Notified(PhoneCall transferor, int status)
    {
        Assert.StartsWith($"SIP/2.0 {status} ", SipText.Body(transferor.Gets("NOTIFY")), StringComparison.Ordinal);
        transferor.Sends(200, to: "NOTIFY");
    }
}
