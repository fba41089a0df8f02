using TekSipCloud.Gateway.Overload;
using TekSipCloud.Gateway.Tests.Messages;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Overload;

/// <summary>What phones meet while the node is overloaded: new work is refused fast, work under way is done.</summary>
public sealed class NewWorkTests : GatewayTest
{
    private static readonly LoadSample TooMuch = new(TimeSpan.FromSeconds(1), 1);

    [Fact]
    public void A_new_INVITE_and_a_REGISTER_are_503_with_a_time_to_come_back()
    {
        // RFC 3261 §21.5.4
        var alice = Script.Registered("101");
        Overload();

        Assert.InRange(RetryAfter(Unchallenged(alice).Gets(503)), 10, 20);
        alice.Digest.Nonce = "";
        alice.SendsRegister();
        Assert.InRange(RetryAfter(alice.Gets(503)), 10, 20);
    }

    [Fact]
    public void A_new_MESSAGE_is_503_with_a_time_to_come_back()
    {
        // RFC 3261 §21.5.4
        var alice = Script.Registered("101");
        Overload();

        alice.Sends(StandaloneTest.Text(alice, "MESSAGE", "sip:102@example.com", "hello"));

        Assert.InRange(RetryAfter(alice.Gets(503)), 10, 20);
    }

    [Fact]
    public void A_call_in_progress_is_held_changed_and_ended()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Overload();

        call.Sends("INVITE", Sdp.Of(call.Phone.Address));
        callee.Gets("INVITE");
        callee.Answers();
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public void A_call_that_rings_can_be_given_up()
    {
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);
        Overload();

        call.Sends("CANCEL");
        call.Gets(200);
        ringing.Gets("CANCEL");
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        call.GetsRefusal(487);
    }

    [Fact]
    public void Who_was_challenged_a_moment_ago_gets_through()
    {
        var alice = Script.Registered("101");
        alice.Digest.Nonce = "";
        alice.SendsRegister();
        alice.Digest.Learn(alice.Gets(401));
        Overload();

        alice.SendsRegister();

        alice.Gets(200);
    }

    [Fact]
    public void A_challenge_pays_once()
    {
        var alice = Script.Registered("101");
        alice.Registers();
        Overload();

        alice.SendsRegister();

        alice.Gets(503);
    }

    [Fact]
    public void A_challenge_of_long_ago_pays_nothing()
    {
        var alice = Script.Phone("101");
        alice.SendsRegister();
        alice.Digest.Learn(alice.Gets(401));
        Script.Passes(10);
        Overload();

        alice.SendsRegister();

        alice.Gets(503);
    }

    [Fact]
    public void OPTIONS_is_answered()
    {
        var alice = Script.Registered("101");
        Overload();

        alice.Sends(SipText.Write(
            $"OPTIONS sip:{SipScript.Domain} SIP/2.0",
            [alice.Via("z9hG4bKo"), $"From: <sip:101@{SipScript.Domain}>;tag=f", $"To: <sip:{SipScript.Domain}>", "Call-ID: o", "CSeq: 1 OPTIONS"],
            null));

        alice.Gets(200);
    }

    /// <summary>A second of far too long a queue, and what is always admitted used up.</summary>
    private void Overload()
    {
        var control = Script.Context.Overload;
        for (var i = 0; i < 40 && !control.IsLimiting; i++)
            control.Observe(TooMuch);

        Assert.True(control.IsLimiting);
        while (control.Admits(isPaid: false, Backlog.Short))
        {
            // The tokens of this moment.
        }

        while (control.Admits(isPaid: false, Backlog.Long))
        {
            // Those of what is always admitted.
        }
    }

    private static PhoneCall Unchallenged(Phone phone)
    {
        var nonce = phone.Digest.Nonce;
        phone.Digest.Nonce = "";
        var call = phone.Invites("102");
        phone.Digest.Nonce = nonce;
        return call;
    }

    private static int RetryAfter(SipMessage answer) =>
        int.Parse(SipText.Header(answer, "Retry-After"), System.Globalization.CultureInfo.InvariantCulture);
}
