using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

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
    public void A_refresh_of_a_device_beside_another_needs_no_grain_either()
    {
        var desk = Script.Registered("101");
        Script.Passes(1000);
        var mobile = Script.Registered("101");
        var asked = Extension.Registers;
        Script.Passes(1000);
        (desk.Digest.Nonce, mobile.Digest.Nonce) = ("", "");

        desk.Registers();
        mobile.Registers();

        Assert.Equal(asked, Extension.Registers);
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

    /// <summary>A refresh has no transaction; what answers its retransmission is the binding itself.</summary>
    [Fact]
    public async Task A_retransmitted_refresh_is_answered_alike_without_grain_or_challenge()
    {
        var alice = Script.Registered("101");
        Refresh(alice, 10);
        var text = alice.TextOfRegister("z9hG4bKlast").Replace("CSeq: 9", "CSeq: 11", StringComparison.Ordinal);
        alice.Sends(text);
        var first = alice.Gets(200).Bytes.ToArray();
        await Report();
        Script.Passes(40);
        alice.Sends(text);
        alice.Ignores();
        Script.Grains.Weather.IsDown = true;

        alice.Sends(text);

        var again = alice.Gets(200);
        Assert.Equal(SipText.Header(SipMessage.Parse(first), "To"), SipText.Header(again, "To"));
        Assert.StartsWith($"{alice.Contact};expires=3560", SipText.Header(again, "Contact"), StringComparison.Ordinal);
        Assert.Equal(0, Script.Gateway.Layer.ServerTransactions);
    }

    /// <summary>RFC 3261 §17.2.2: a transaction would answer it for 32 s, whatever else its phone sends.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_retransmitted_refresh_is_answered_although_others_were_answered_since(bool isOfAnotherDevice)
    {
        var alice = Script.Registered("101");
        var beside = isOfAnotherDevice ? Script.Registered("101", remote: "192.0.2.77:5060") : alice;
        Refresh(beside, 11);
        var text = Refresh(alice, 21);
        Refresh(beside, 31);
        var expires = Extension.Bindings.Select(binding => binding.Expires).ToArray();
        Script.Passes(3);

        alice.Sends(text);

        Assert.Contains(alice.Contact, SipText.Header(alice.Gets(200), "Contact"), StringComparison.Ordinal);
        Assert.Equal(expires, Extension.Bindings.Select(binding => binding.Expires));
        alice.Sends(text.Replace("CSeq: 21", "CSeq: 22", StringComparison.Ordinal));
        alice.Gets(401);
        Script.Phone("101", remote: "203.0.113.9:5060").Sends(text);
        alice.GetsNothing();
    }

    /// <summary>RFC 7616 §3.4: a thief who repeats what he overheard gains nothing.</summary>
    [Theory]
    [InlineData("CSeq: 11", "CSeq: 12")]
    [InlineData("Call-ID: same", "Call-ID: other")]
    [InlineData("Contact: <sip:101@", "Contact: <sip:thief@")]
    public void Credentials_used_before_refresh_nothing(string old, string changed)
    {
        var alice = Script.Registered("101");
        var text = Refresh(alice, 11);
        Script.Passes(100);
        var expires = Extension.Bindings[0].Expires;

        alice.Sends(text.Replace(old, changed, StringComparison.Ordinal));

        Assert.Contains("stale=true", SipText.Header(alice.Gets(401), "WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(expires, Extension.Bindings[0].Expires);
    }

    [Fact]
    public void A_retransmission_by_another_way_is_challenged()
    {
        var alice = Script.Registered("101");
        var text = Refresh(alice, 11);
        var thief = Script.Phone("101", remote: "203.0.113.9:5060");

        thief.Sends(text);

        thief.Gets(401);
        alice.GetsNothing();
    }

    [Fact]
    public void Refreshes_make_no_transactions()
    {
        var alice = Script.Registered("101");
        alice.Registers();
        Script.Passes(40);
        Assert.Equal(0, Script.Gateway.Layer.ServerTransactions);

        for (var i = 0; i < 10; i++)
            alice.Registers();

        Assert.Equal(0, Script.Gateway.Layer.ServerTransactions);
        Assert.Equal(0, Script.Loop.TimerCount);
    }

    [Fact]
    public void Other_settings_of_the_tenant_apply_to_the_next_refresh()
    {
        var alice = Script.Registered("101");
        alice.Registers();
        alice.Registers();

        Script.Configure(settings => settings with { MaxExpires = TimeSpan.FromSeconds(600) });
        alice.SendsRegister();

        Assert.EndsWith(";expires=600", SipText.Header(alice.Gets(200), "Contact"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("User-Agent: other")]
    [InlineData("Supported: path")]
    [InlineData("Require: nonsense")]
    public void A_refresh_with_other_headers_is_read_anew(string header)
    {
        var alice = Script.Registered("101");
        alice.Registers();
        alice.Registers();

        alice.SendsRegister(null, 3600, "", header);

        alice.Gets(header.StartsWith("Require", StringComparison.Ordinal) ? 420 : 200);
    }

    [Fact]
    public void A_registration_that_is_counted_lasts_as_long_as_its_refreshes_say()
    {
        var alice = Script.Registered("101");
        for (var i = 0; i < 5; i++)
        {
            Script.Passes(3000);
            alice.Digest.Nonce = "";
            alice.Registers();
            Script.NodeRegistrations.Sweep();
            Assert.Equal(1, Script.Registrations);
        }

        Script.Passes(3601);
        Script.NodeRegistrations.Sweep();
        Assert.Equal(0, Script.Registrations);
    }

    /// <summary>A refresh of the shape that the registrar knows; its text, for sending it again.</summary>
    private static string Refresh(Phone alice, uint cseq)
    {
        for (var number = cseq - 2; number < cseq; number++)
        {
            alice.Sends(alice.TextOfRegister(alice.NewBranch()).Replace("CSeq: 9", $"CSeq: {number}", StringComparison.Ordinal));
            alice.Gets(200);
        }

        var text = alice.TextOfRegister(alice.NewBranch()).Replace("CSeq: 9", $"CSeq: {cseq}", StringComparison.Ordinal);
        alice.Sends(text);
        alice.Gets(200);
        return text;
    }

    private Task Report() => Script.Context.Refreshes.Report(all: true, TestContext.Current.CancellationToken)
        .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
}
