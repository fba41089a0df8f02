using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>Refreshes that the gateway answers for the grains (the architecture, Credentials and registrations in the gateway).</summary>
public sealed class RefreshTests : GatewayTest
{
    private InMemoryExtension Extension => Script.Grains.Extension(SipScript.Tenant, "101");

    [Fact]
    public void A_refresh_needs_no_grain()
    {
        var alice = Script.Registered("101");
        Script.Passes(100);
        Script.Grains.Weather.IsDown = true;

        alice.SendsRegister();

        Assert.StartsWith($"{alice.Contact};expires=3600", SipText.Header(alice.Gets(200), "Contact"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_is_reported_to_the_grain()
    {
        var alice = Script.Registered("101");
        Script.Passes(100);
        alice.Registers();

        await Report();

        Assert.Equal(Script.Clock.GetUtcNow().AddSeconds(3600), Extension.Bindings[0].Expires);
    }

    [Fact]
    public async Task A_report_that_fails_is_made_again()
    {
        var alice = Script.Registered("101");
        Script.Passes(100);
        alice.Registers();
        Script.Grains.Weather.IsDown = true;
        await Report();
        Script.Grains.Weather.IsDown = false;

        await Report();

        Assert.Equal(Script.Clock.GetUtcNow().AddSeconds(3600), Extension.Bindings[0].Expires);
    }

    [Theory]
    [InlineData("<sip:101@192.0.2.99:5060>", 3600u)]
    [InlineData(null, 0u)]
    public void What_changes_a_binding_waits_for_the_grain(string? contact, uint expires)
    {
        var alice = Script.Registered("101");
        Script.Grains.Weather.IsSlow = true;

        alice.SendsRegister(contact, expires);
        alice.GetsNothing();
        Script.ClusterGoesOn();

        alice.Gets(200);
    }

    [Fact]
    public void A_refresh_by_another_way_waits_for_the_grain()
    {
        // The same Contact from another port: the flow is new.
        var alice = Script.Registered("101");
        var moved = Script.Phone("101", remote: $"{alice.Address}:6666").IsChallenged();
        Script.Grains.Weather.IsSlow = true;

        moved.SendsRegister(alice.Contact);
        moved.GetsNothing();
        Script.ClusterGoesOn();

        moved.Gets(200);
        Assert.Equal(6666, Extension.Bindings[0].Flow.RemotePort);
    }

    [Fact]
    public void A_request_out_of_order_after_a_refresh_changes_nothing()
    {
        // RFC 3261 §10.3 step 7, though the grain has not heard of the refresh.
        var alice = Script.Registered("101");
        alice.Registers();
        alice.Registers();

        alice.RepeatsRegister(cseq: 3);

        alice.Gets(500);
        Assert.Single(Extension.Bindings);
    }

    [Fact]
    public void A_second_device_sees_the_first_ones_refresh()
    {
        // RFC 3261 §10.3 step 8
        var desk = Script.Registered("101");
        Script.Passes(100);
        desk.Registers();
        var mobile = Script.Phone("101").IsChallenged();

        mobile.SendsRegister();

        var contacts = SipText.Lines(mobile.Gets(200), "Contact");
        Assert.All(contacts, c => Assert.EndsWith(";expires=3600", c, StringComparison.Ordinal));
        Assert.Equal(2, contacts.Length);
    }

    [Fact]
    public async Task A_binding_that_the_grain_lost_is_made_anew()
    {
        var alice = Script.Registered("101");
        Extension.Lose();
        alice.Registers();
        await Report();

        alice.Registers();

        Assert.Single(Extension.Bindings);
    }

    [Fact]
    public void A_binding_that_an_operator_cleared_is_made_anew()
    {
        var alice = Script.Registered("101");
        Extension.Lose();
        Script.Tell(new TenantNews { Tenant = SipScript.Tenant, BindingsCleared = "101" });
        Assert.Equal(0, Script.Registrations);

        alice.Registers();

        Assert.Single(Extension.Bindings);
        Assert.Equal(1, Script.Registrations);
    }

    [Fact]
    public async Task A_binding_that_expired_is_no_refresh()
    {
        var alice = Script.Registered("101");
        Script.Passes(3601);
        await Report();

        alice.Digest.Nonce = "";
        alice.Registers();

        Assert.Equal(Script.Clock.GetUtcNow(), Extension.Bindings[0].Registered);
    }

    private Task Report() => Script.Context.Refreshes.Report(TestContext.Current.CancellationToken)
        .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
}
