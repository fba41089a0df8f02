using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>What a party is told by sound: why its call is refused (RFC 3960), and that its time is nearly over (the manual, Settings / Media).</summary>
public sealed class AnnouncementTests : GatewayTest
{
    [Fact]
    public void A_caller_hears_that_nobody_has_the_number_and_is_refused_then()
    {
        var alice = Registered(s => s with { AnnounceRefusals = true });
        var call = alice.Invites("999");

        call.Gets(183);
        Assert.Contains("RTP/AVP 0 101", call.LastSdp, StringComparison.Ordinal);
        Assert.Same(DefaultSounds.NotInService, Script.LastCall.Caller!.Media.Playing);
        Script.Passes(DefaultSounds.NotInService.Duration.TotalSeconds);
        call.GetsNothing();
        Script.Passes(0.2);

        call.GetsRefusal(404);
    }

    [Fact]
    public void A_caller_hears_that_an_extension_cannot_be_reached()
    {
        Script.AddExtension("102");
        var alice = Registered(s => s with { AnnounceRefusals = true });
        var call = alice.Invites("102");

        call.Gets(183);
        Assert.Same(DefaultSounds.Unavailable, Script.LastCall.Caller!.Media.Playing);
        Script.Passes(DefaultSounds.Unavailable.Duration.TotalSeconds + 0.2);

        call.GetsRefusal(480);
    }

    [Fact]
    public void A_caller_that_gives_up_meanwhile_is_done()
    {
        var call = Registered(s => s with { AnnounceRefusals = true }).Invites("999");
        call.Gets(183);

        call.Sends("CANCEL");

        call.Gets(200);
        call.GetsRefusal(487);
        Script.Passes(10);
        call.GetsNothing();
    }

    [Fact]
    public void A_busy_callee_is_told_by_the_code_alone()
    {
        var alice = Registered(s => s with { AnnounceRefusals = true });
        var bob = Script.Registered("102");
        var call = alice.Invites("102");

        bob.GetsCall().Sends(486);

        call.GetsRefusal(486);
    }

    [Fact]
    public void Who_heard_a_callees_early_media_gets_no_other()
    {
        // RFC 6337 §3.1
        var alice = Registered(s => s with { AnnounceRefusals = true });
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var callee = bob.GetsCall();
        callee.Sends(183, Sdp.Of(bob.Address, 41000));
        call.Gets(183);

        callee.Sends(480);

        call.GetsRefusal(480);
    }

    [Theory]
    [InlineData("9 101")]
    [InlineData(null)]
    public void Who_cannot_hear_it_is_refused_at_once(string? codecs)
    {
        var alice = Registered(s => s with { AnnounceRefusals = true });

        alice.Invites("999", codecs is null ? null : Sdp.Of(alice.Address, codecs: codecs)).GetsRefusal(404);
    }

    [Fact]
    public void Both_parties_are_warned_thirty_seconds_before_the_end()
    {
        var alice = Registered(s => s with { AnnounceCallEnd = true, MaxSessionDuration = TimeSpan.FromMinutes(4) });
        var (call, callee) = Answered(alice, Script.Registered("102"));
        var (caller, called) = (Script.LastCall.Caller!.Media, Script.LastCall.Callee!.Media);

        Script.Passes(209.9);
        Assert.Null(caller.Playing);
        Script.Passes(0.2);
        Assert.Same(DefaultSounds.CallEnding, caller.Playing);
        Assert.Same(DefaultSounds.CallEnding, called.Playing);
        Script.Passes(2);
        Assert.Null(caller.Playing);
        Script.Passes(27.7);
        call.GetsNothing();
        Script.Passes(0.3);

        call.GetsBye();
        callee.GetsBye();
    }

    [Fact]
    public void A_call_that_may_not_even_last_so_long_is_not_warned()
    {
        var alice = Registered(s => s with { AnnounceCallEnd = true, MaxSessionDuration = TimeSpan.FromSeconds(30) });
        var (call, callee) = Answered(alice, Script.Registered("102"));

        Script.Passes(29.9);
        Assert.Null(Script.LastCall.Caller!.Media.Playing);
        Script.Passes(0.2);

        call.GetsBye();
        callee.GetsBye();
    }

    [Fact]
    public void Who_is_on_hold_hears_the_music_again_after_the_warning()
    {
        var alice = Registered(s => s with { AnnounceCallEnd = true, MaxSessionDuration = TimeSpan.FromMinutes(4) });
        var (call, callee) = Answered(alice, Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of("192.0.2.10", 40000, "sendonly", 2));
        callee.Gets("INVITE");
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000, "recvonly", 2));
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        Script.Passes(215);

        Assert.Same(DefaultSounds.Music, Script.LastCall.Callee!.Media.Playing);
        Ends(call, callee);
    }

    /// <summary>A phone of a tenant with other settings, which the gateway knows once it has met the tenant.</summary>
    private Phone Registered(Func<TenantSettings, TenantSettings> change)
    {
        Script.Configure(change);
        var phone = Script.Registered("101");
        Script.Configure(change);
        return phone;
    }
}
