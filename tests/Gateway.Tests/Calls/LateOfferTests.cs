using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>An INVITE without an offer: the callee offers in its 2xx, the caller answers in its ACK (RFC 3261 §13.2.1).</summary>
public sealed class LateOfferTests : GatewayTest
{
    [Fact]
    public void The_callees_offer_passes_in_the_200_and_the_answer_in_the_ACK()
    {
        var (call, ringing) = Ringing();
        Assert.Empty(ringing.LastSdp);

        ringing.Answers();
        ringing.GetsNothing();
        call.Gets(200);
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(call.LastSdp));
        call.Sends("ACK", Sdp.Of("192.0.2.10"));

        ringing.Gets("ACK");
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(ringing.LastSdp));
        call.HangsUp();
        ringing.GetsBye();
    }

    [Fact]
    public void A_callee_that_repeats_its_answer_meanwhile_stays_in_the_call()
    {
        // RFC 3261 §13.2.2.4: the ACK has to wait for the caller's.
        var (call, ringing) = Ringing();
        ringing.Answers();

        ringing.Answers();
        ringing.GetsNothing();
        call.Gets(200);
        call.Sends("ACK", Sdp.Of("192.0.2.10"));

        ringing.Gets("ACK");
        call.HangsUp();
        ringing.GetsBye();
    }

    [Fact]
    public void A_caller_that_never_acknowledges_leaves_an_acknowledged_callee()
    {
        var (call, ringing) = Ringing();
        ringing.Answers();

        Script.Passes(32.1);

        ringing.Gets("ACK");
        ringing.GetsBye();
        call.Phone.Ignores();
    }

    [Fact]
    public void An_ACK_without_an_answer_ends_the_call()
    {
        var (call, ringing) = Ringing();
        ringing.Answers();
        call.Gets(200);

        call.Sends("ACK");

        ringing.Gets("ACK");
        ringing.GetsBye();
        call.GetsBye();
    }

    [Fact]
    public void A_callee_that_hangs_up_before_the_ACK_is_acknowledged_all_the_same()
    {
        var (call, ringing) = Ringing();
        ringing.Answers();
        call.Gets(200);

        ringing.Sends("BYE");
        call.Sends("ACK", Sdp.Of("192.0.2.10"));

        ringing.Gets(200);
        ringing.Gets("ACK");
        call.GetsBye();
    }

    private (PhoneCall Caller, PhoneCall Callee) Ringing()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        return (alice.Invites("102", sdp: null), bob.GetsCall());
    }
}
