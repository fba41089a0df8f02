using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>The manual, Extensions: calls go elsewhere when an extension is busy, off-line or silent.</summary>
public sealed class RedirectionTests : GatewayTest
{
    [Fact]
    public void A_busy_extension_hands_over()
    {
        var alice = Script.Registered("101");
        var bob = Redirecting("102", "103").Registers();
        var carol = Script.Registered("103");
        var call = alice.Invites("102");

        bob.GetsCall().Sends(486);

        Connects(call, carol);
    }

    [Fact]
    public void An_extension_that_is_off_line_hands_over()
    {
        var alice = Script.Registered("101");
        Redirecting("102", "103");
        var carol = Script.Registered("103");

        Connects(alice.Invites("102"), carol);
    }

    [Fact]
    public void A_silent_extension_hands_over_after_the_ring_timeout()
    {
        Script.AddExtension("102", e => e with { Redirection = "103" });
        var alice = Script.Registered("101");
        Script.Configure(s => s with { RingTimeout = TimeSpan.FromSeconds(15) });
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);

        Script.Passes(15.1);

        ringing.Gets("CANCEL");
        Connects(call, carol);
    }

    [Theory]
    [InlineData(10, 60)]
    [InlineData(90, 60)]
    public void A_redirection_has_a_ring_time_of_its_own(int own, int tenants)
    {
        Script.AddExtension("102", e => e with { Redirection = "103", RedirectionTimeout = TimeSpan.FromSeconds(own) });
        var alice = Script.Registered("101");
        Script.Configure(s => s with { RingTimeout = TimeSpan.FromSeconds(tenants) });
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");

        // The second call is made from memory.
        for (var i = 0; i < 2; i++)
        {
            var call = alice.Invites("102");
            var ringing = bob.GetsCall();
            ringing.Sends(180);
            call.Gets(180);
            Script.Passes(own - 0.5);
            bob.GetsNothing();

            Script.Passes(0.6);

            ringing.Gets("CANCEL");
            ringing.Sends(200, to: "CANCEL");
            ringing.Sends(487);
            ringing.Gets("ACK");
            Connects(call, carol);
        }
    }

    [Fact]
    public void Without_a_redirection_an_extension_rings_as_long_as_the_tenants_do()
    {
        Script.AddExtension("102", e => e with { RedirectionTimeout = TimeSpan.FromSeconds(10) });
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);

        Script.Passes(59);
        bob.GetsNothing();
        Script.Passes(1.1);

        ringing.Gets("CANCEL");
        call.GetsRefusal(480);
    }

    [Fact]
    public void Each_extension_of_a_chain_rings_for_its_own_time_and_voice_mail_is_the_last()
    {
        foreach (var (username, target, seconds) in (ReadOnlySpan<(string, string, int)>)[("102", "103", 10), ("103", Extension.VoiceMail, 20)])
            Script.AddExtension(username, e => e with { Redirection = target, RedirectionTimeout = TimeSpan.FromSeconds(seconds) });
        var alice = Script.Registered("101");
        Script.Configure(s => s with { VoiceMailDestination = "mailbox" });
        var mailbox = Script.Carrier("mailbox");
        var (bob, carol) = (Script.Registered("102"), Script.Registered("103"));

        var call = alice.Invites("102");
        var first = bob.GetsCall();
        first.Sends(180);
        call.Gets(180);
        Script.Passes(10.1);
        first.Gets("CANCEL");
        var second = carol.GetsCall();
        second.Sends(180);
        call.Gets(181);
        call.Gets(180);
        Script.Passes(19.5);
        mailbox.GetsNothing();
        Script.Passes(0.6);

        second.Gets("CANCEL");
        Connects(call, mailbox);
    }

    [Fact]
    public void An_extension_that_declines_does_not_hand_over()
    {
        var alice = Script.Registered("101");
        var bob = Redirecting("102", "103").Registers();
        var carol = Script.Registered("103");
        var call = alice.Invites("102");

        bob.GetsCall().Sends(603);

        call.GetsRefusal(603);
        carol.GetsNothing();
    }

    [Fact]
    public void Redirections_in_a_circle_end()
    {
        var alice = Script.Registered("101");
        Redirecting("102", "103");
        Redirecting("103", "102");

        alice.Invites("102").GetsRefusal(480);
    }

    [Fact]
    public void A_redirection_to_oneself_ends()
    {
        var alice = Script.Registered("101");
        Redirecting("102", "102");

        alice.Invites("102").GetsRefusal(480);
    }

    [Fact]
    public void A_long_chain_of_redirections_ends()
    {
        var alice = Script.Registered("101");
        for (var i = 200; i < 220; i++)
            Redirecting($"{i}", $"{i + 1}");
        var last = Script.Registered("220");

        alice.Invites("200").GetsRefusal(480);

        last.GetsNothing();
    }

    [Fact]
    public void A_redirection_to_nobody_keeps_the_first_refusal()
    {
        var alice = Script.Registered("101");
        var bob = Redirecting("102", "999").Registers();
        var call = alice.Invites("102");

        bob.GetsCall().Sends(486);

        call.GetsRefusal(486);
    }

    [Fact]
    public void Voice_mail_is_the_tenants_destination()
    {
        Script.AddExtension("102", e => e with { Redirection = Extension.VoiceMail });
        var alice = Script.Registered("101");
        Script.Configure(s => s with { VoiceMailDestination = "mailbox" });
        var mailbox = Script.Carrier("mailbox");
        var call = alice.Invites("102");

        var taken = mailbox.GetsCall();

        Assert.StartsWith($"INVITE sip:102@{mailbox.Address} ", SipText.FirstLine(taken.Last), StringComparison.Ordinal);
        call.Gets(181);
        taken.Answers();
        taken.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void A_CANCEL_during_the_second_ringing_ends_the_call()
    {
        var alice = Script.Registered("101");
        Redirecting("102", "103");
        var carol = Script.Registered("103");
        var call = alice.Invites("102");
        var ringing = carol.GetsCall();
        ringing.Sends(180);
        call.Gets(181);
        call.Gets(180);

        call.Sends("CANCEL");

        call.Gets(200);
        call.GetsRefusal(487);
        ringing.Gets("CANCEL");
    }

    [Fact]
    public void A_CANCEL_while_the_second_extension_is_looked_up_lets_nobody_ring()
    {
        var alice = Script.Registered("101");
        var bob = Redirecting("102", "103").Registers();
        var carol = Script.Registered("103");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        Script.Grains.Weather.IsSlow = true;
        ringing.Sends(486);

        call.Sends("CANCEL");
        Script.ClusterGoesOn();

        call.Gets(200);
        call.GetsRefusal(487);
        carol.GetsNothing();
    }

    private Phone Redirecting(string username, string target)
    {
        Script.AddExtension(username, e => e with { Redirection = target });
        return Script.Phone(username);
    }

    private static void Connects(PhoneCall call, Phone callee)
    {
        var ringing = callee.GetsCall();
        // RFC 3261 §21.1.2
        call.Gets(181);
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        ringing.GetsBye();
    }
}
