using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Who was called a moment ago is called again without asking its grain, until anything changes.</summary>
public sealed class KnownReachTests : GatewayTest
{
    [Fact]
    public void An_extension_called_again_is_not_asked_for_again()
    {
        var (alice, bob) = CalledOnce();

        Call(alice, bob);
        Call(alice, bob);

        Assert.Equal(1, Script.Grains.Extension(SipScript.Tenant, "102").Reaches);
    }

    [Fact]
    public void It_is_asked_for_again_after_five_minutes()
    {
        var (alice, bob) = CalledOnce();

        Script.Passes(301);
        alice.IsChallenged();
        Call(alice, bob);

        Assert.Equal(2, Script.Grains.Extension(SipScript.Tenant, "102").Reaches);
    }

    [Fact]
    public void A_phone_that_unregisters_is_not_called_any_more()
    {
        // RFC 3261 §10.2.2
        var (alice, bob) = CalledOnce();

        bob.Registers(expires: 0);

        alice.Invites("102").GetsRefusal(480);
        bob.GetsNothing();
    }

    [Fact]
    public void A_second_phone_rings_with_the_first()
    {
        var (alice, bob) = CalledOnce();

        var desk = Script.Phone("102").Registers();
        var call = alice.Invites("102");

        var first = bob.GetsCall();
        var second = desk.GetsCall();
        call.Sends("CANCEL");
        call.Gets(200);
        call.GetsRefusal(487);
        foreach (var ringing in (PhoneCall[])[first, second])
        {
            ringing.Sends(180);
            ringing.Gets("CANCEL");
            ringing.Sends(200, to: "CANCEL");
            ringing.Sends(487);
            ringing.Gets("ACK");
        }
    }

    [Fact]
    public void A_phone_on_another_node_is_heard_of_by_news()
    {
        var (alice, bob) = CalledOnce();

        Script.Tell(new TenantNews { Tenant = SipScript.Tenant, BindingsCleared = "102" });
        Call(alice, bob);

        Assert.Equal(2, Script.Grains.Extension(SipScript.Tenant, "102").Reaches);
    }

    [Fact]
    public void An_extension_that_was_disabled_is_not_called_any_more()
    {
        var (alice, bob) = CalledOnce();

        Script.AddExtension("102", e => e with { Enabled = false });
        Script.Tell(new TenantNews { Tenant = SipScript.Tenant, Extension = "102" });

        alice.Invites("102").GetsRefusal(404);
        bob.GetsNothing();
    }

    [Fact]
    public void An_extension_that_is_disabled_is_never_called()
    {
        // The news of it was lost.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        Script.AddExtension("102", e => e with { Enabled = false });

        alice.Invites("102").GetsRefusal(404);
        alice.Invites("102").GetsRefusal(404);
        bob.GetsNothing();
    }

    [Fact]
    public void What_an_extension_was_while_it_changed_is_not_kept()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        Script.Grains.Weather.IsSlow = true;
        var call = alice.Invites("102");
        Script.Grains.Weather.IsSlow = false;

        Script.Tell(new TenantNews { Tenant = SipScript.Tenant, Extension = "102" });
        Script.ClusterGoesOn();
        Finish(call, bob);
        Call(alice, bob);

        Assert.Equal(2, Script.Grains.Extension(SipScript.Tenant, "102").Reaches);
    }

    [Fact]
    public void A_connection_that_is_gone_has_the_grain_asked()
    {
        var alice = Script.Registered("101");
        var bob = Script.Phone("102", protocol: SipTransportProtocol.Tcp).Registers();
        Call(alice, bob);

        bob.Flow.IsBroken = true;
        alice.Invites("102").GetsRefusal(480);

        Assert.Equal(2, Script.Grains.Extension(SipScript.Tenant, "102").Reaches);
    }

    [Fact]
    public void A_registration_that_ran_out_has_the_grain_asked()
    {
        // RFC 3261 §10.3
        var alice = Script.Registered("101");
        var bob = Script.Phone("102").Registers(expires: 60);
        Call(alice, bob);

        Script.Passes(61);

        alice.Invites("102").GetsRefusal(480);
    }

    [Fact]
    public async Task A_phone_on_another_node_whose_news_were_lost_is_heard_of_by_the_next_report()
    {
        var (alice, bob) = CalledOnce(expires: 240);
        var grain = Script.Grains.Extension(SipScript.Tenant, "102");
        var elsewhere = new FlowAddress(new FlowId("node-b", "1", 0), Transport.Udp, "192.0.2.200", 5060, "203.0.113.2:5060");
        var desk = new ContactWish("sip:102@192.0.2.200", TimeSpan.FromHours(1), 1000, null, null, "sip:102@192.0.2.200");
        _ = grain.Register(new RegisterCommand("desk", 1, [desk], false, [], elsewhere, ""));

        Call(alice, bob);
        bob.Registers(expires: 240);
        Script.Passes(61);
        await Script.Context.Refreshes.Report(all: false, TestContext.Current.CancellationToken);
        var call = alice.Invites("102");

        Assert.StartsWith("INVITE sip:102@192.0.2.200 ", Assert.Single(Script.Grains.Gateway("node-b").Sent), StringComparison.Ordinal);
        Assert.Equal(2, grain.Reaches);
        bob.GetsCall().Sends(486);
        call.Sends("CANCEL");
        call.Gets(200);
        call.GetsRefusal(487);
    }

    [Fact]
    public async Task A_device_that_was_cleared_and_whose_news_were_lost_is_not_called_after_the_next_report()
    {
        var (alice, bob) = CalledOnce(expires: 240);
        var desk = Script.Phone("102").Registers(expires: 240);
        Call(alice, bob);
        desk.Gets("INVITE");
        Script.Grains.Extension(SipScript.Tenant, "102").Lose(desk.Contact.Trim('<', '>'));

        bob.Registers(expires: 240);
        Script.Passes(61);
        desk.Ignores();
        await Script.Context.Refreshes.Report(all: false, TestContext.Current.CancellationToken);
        Call(alice, bob);

        desk.GetsNothing();
    }

    [Fact]
    public void A_device_that_was_cleared_and_whose_news_were_lost_is_made_anew_after_a_call_that_did_not_find_it()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var grain = Script.Grains.Extension(SipScript.Tenant, "102");
        grain.Lose();
        bob.Registers();
        Assert.Empty(grain.Bindings);

        alice.Invites("102").GetsRefusal(480);
        bob.Registers();

        Assert.Single(grain.Bindings);
        Call(alice, bob);
    }

    private (Phone Alice, Phone Bob) CalledOnce(uint expires = 3600)
    {
        var alice = Script.Registered("101");
        var bob = Script.Phone("102").Registers(expires: expires);
        Call(alice, bob);
        return (alice, bob);
    }

    private static void Call(Phone alice, Phone bob) => Finish(alice.Invites("102"), bob);

    private static void Finish(PhoneCall call, Phone bob)
    {
        var ringing = bob.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        ringing.GetsBye();
    }
}
