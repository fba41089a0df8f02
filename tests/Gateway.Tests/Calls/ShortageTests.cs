using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>What a call gets when something is missing: an answer in time, and nothing left behind.</summary>
public sealed class ShortageTests : GatewayTest
{
    [Fact]
    public void An_offer_of_audio_in_an_unknown_suite_is_488() =>
        // RFC 3261 §21.4.26
        Script.Registered("101").Invites("102", Sdp.UnknownSuite).GetsRefusal(488);

    [Fact]
    public void A_body_that_is_no_description_is_400() => Script.Registered("101").Invites("102", "nonsense").GetsRefusal(400);

    [Fact]
    public void A_body_of_another_type_is_415_with_the_one_that_is_read()
    {
        // RFC 3261 §8.2.3
        var alice = Script.Registered("101");
        var uri = $"sip:102@{SipScript.Domain}";

        alice.Sends(SipText.Write(
            $"INVITE {uri} SIP/2.0",
            [
                alice.Via(alice.NewBranch()), $"From: <sip:101@{SipScript.Domain}>;tag=a", $"To: <{uri}>", "Call-ID: other-type",
                "CSeq: 1 INVITE", $"Contact: {alice.Contact}", alice.Digest.Answer("Proxy-Authorization", "INVITE", uri),
            ],
            "hello", "text/plain"));

        Assert.Equal("application/sdp", SipText.Header(alice.Gets(415), "Accept"));
    }

    [Fact]
    public void A_body_of_an_encoding_is_415_with_the_one_that_is_read()
    {
        // RFC 3261 §8.2.3
        var alice = Script.Registered("101");

        var call = alice.Invites("102", headers: "Content-Encoding: gzip");

        Assert.Equal("identity", SipText.Header(call.Gets(415), "Accept-Encoding"));
        call.Sends("ACK");
    }

    [Fact]
    public void A_change_that_can_not_be_read_is_415_with_what_is_read_and_the_call_goes_on()
    {
        // RFC 3261 §8.2.3, §14.2
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        call.SendsInvite("v=0\r\n", "Content-Encoding: gzip");

        var refusal = call.Gets(415);
        Assert.Equal("application/sdp", SipText.Header(refusal, "Accept"));
        Assert.Equal("identity", SipText.Header(refusal, "Accept-Encoding"));
        call.Sends("ACK");
        callee.GetsNothing();
        call.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public async Task No_media_ports_left_is_503()
    {
        await UseScript(mediaPorts: 4);
        Script.ExpectsError("No media port is left");
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var (call, callee) = Answered(alice, bob);

        var second = alice.Invites("102");

        Assert.NotEmpty(SipText.Header(second.Gets(503), "Retry-After"));
        second.Sends("ACK");
        call.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public async Task No_ports_for_the_callee_is_503_too()
    {
        await UseScript(mediaPorts: 6);
        Script.ExpectsError("No media port is left");
        var alice = Script.Registered("101");
        var (call, _) = Answered(alice, Script.Registered("102"));
        var carol = Script.Registered("103");

        var second = alice.Invites("103");

        Assert.NotEmpty(SipText.Header(second.Gets(503), "Retry-After"));
        second.Sends("ACK");
        carol.GetsNothing();
        call.HangsUp();
    }

    [Fact]
    public async Task A_full_outbox_is_503()
    {
        await UseScript(settings: ("Gateway:CallBacklog", "100"));
        var alice = Script.Registered("101");
        Script.Registered("102");
        Script.Context.Outbox.Close();

        var call = alice.Invites("102");

        Assert.NotEmpty(SipText.Header(call.Gets(503), "Retry-After"));
        call.Sends("ACK");
    }

    [Fact]
    public void A_storage_that_fails_is_503()
    {
        var alice = Script.Registered("101");
        Script.Grains.Weather.IsDown = true;

        var call = alice.Invites("102");

        Assert.NotEmpty(SipText.Header(call.Gets(503), "Retry-After"));
        call.Sends("ACK");
    }

    [Fact]
    public void A_storage_that_is_silent_for_two_seconds_is_503()
    {
        var alice = Script.Registered("101");
        Script.Grains.Weather.IsSlow = true;
        var call = alice.Invites("102");

        Script.Passes(1.9);
        call.GetsNothing();
        Script.Passes(0.2);

        call.GetsRefusal(503);
    }

    [Fact]
    public async Task An_answer_of_a_grain_from_another_thread_goes_on_in_the_loop()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        Script.Grains.Weather.IsSlow = true;
        var call = alice.Invites("102");

        await Task.Run(Script.Grains.Weather.GoesOn, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        bob.GetsNothing();
        Script.Settle();

        bob.GetsCall().Sends(486);
        call.GetsRefusal(486);
    }

    [Fact]
    public void A_number_that_nobody_has_is_404() => Script.Registered("101").Invites("999").GetsRefusal(404);

    [Fact]
    public void A_disabled_extension_is_404()
    {
        Script.AddExtension("102", e => e with { Enabled = false });

        Script.Registered("101").Invites("102").GetsRefusal(404);
    }

    [Fact]
    public void An_extension_that_is_off_line_is_480()
    {
        Script.AddExtension("102");

        Script.Registered("101").Invites("102").GetsRefusal(480);
    }

    [Fact]
    public void A_domain_without_a_number_is_404() => CallsDomain().GetsRefusal(404);

    private PhoneCall CallsDomain()
    {
        var alice = Script.Registered("101");
        var call = PhoneCall.Outgoing(alice, $"sip:{SipScript.Domain}");
        call.SendsInvite(Sdp.Of(alice.Address));
        return call;
    }
}
