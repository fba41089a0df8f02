using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>The registrar of RFC 3261 §10.3, for phones that know their password.</summary>
public sealed class RegistrationTests : GatewayTest
{
    private IReadOnlyList<Binding> Bindings => Script.Grains.Extension(SipScript.Tenant, "101").Bindings;

    [Fact]
    public void A_phone_is_challenged_and_then_registered()
    {
        // RFC 3665 §2.1
        var alice = Script.Phone("101");

        alice.SendsRegister();
        alice.Digest.Learn(alice.Gets(401));
        alice.SendsRegister();

        Assert.StartsWith($"{alice.Contact};expires=3600", SipText.Header(alice.Gets(200), "Contact"), StringComparison.Ordinal);
        Assert.Equal(1, Script.Count(Counter.ActiveRegistrations));
    }

    [Fact]
    public void A_refresh_is_not_counted_as_one_more_device()
    {
        var alice = Script.Registered("101");

        Script.Passes(100);
        alice.Registers();

        Assert.Single(Bindings);
        Assert.Equal(1, Script.Count(Counter.ActiveRegistrations));
    }

    [Fact]
    public void Several_contacts_are_all_listed_in_the_answer_with_their_q()
    {
        // RFC 3261 §10.3 step 8
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister("<sip:101@192.0.2.10:5060>;q=0.5, <sip:101@192.0.2.77:5062>;q=0.9;expires=120");

        var contacts = SipText.Lines(alice.Gets(200), "Contact");
        Assert.Equal(
            ["Contact: <sip:101@192.0.2.77:5062>;expires=120;q=0.9", "Contact: <sip:101@192.0.2.10:5060>;expires=3600;q=0.5"], contacts);
    }

    [Fact]
    public void A_query_changes_nothing_and_lists_the_bindings()
    {
        // RFC 3261 §10.2.3
        var alice = Script.Registered("101");

        alice.SendsRegister(contact: "", expires: null);

        Assert.StartsWith(alice.Contact, SipText.Header(alice.Gets(200), "Contact"), StringComparison.Ordinal);
        Assert.Single(Bindings);
    }

    [Fact]
    public void Expires_zero_removes_the_binding()
    {
        // RFC 3261 §10.2.2
        var alice = Script.Registered("101");

        alice.SendsRegister(expires: 0);

        Assert.Empty(SipText.Lines(alice.Gets(200), "Contact"));
        Assert.Equal(0, Script.Count(Counter.ActiveRegistrations));
    }

    [Fact]
    public void A_star_removes_every_binding()
    {
        // RFC 3261 §10.2.2
        var alice = Script.Phone("101").IsChallenged();
        alice.SendsRegister("<sip:101@192.0.2.10>, <sip:101@192.0.2.77>");
        alice.Gets(200);

        alice.SendsRegister("*", expires: 0);

        alice.Gets(200);
        Assert.Empty(Bindings);
    }

    [Fact]
    public void Too_short_a_lifetime_is_refused_with_the_least_that_is_taken()
    {
        // RFC 3261 §10.3 step 7, §21.4.17
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(expires: 20);

        Assert.Equal("60", SipText.Header(alice.Gets(423), "Min-Expires"));
    }

    [Fact]
    public void A_request_out_of_order_changes_nothing()
    {
        // RFC 3261 §10.3 step 7: same Call-ID, lower CSeq.
        var alice = Script.Registered("101");

        alice.RepeatsRegister(cseq: 1);

        alice.Gets(500);
        Assert.Equal(3600, (Bindings[0].Expires - Script.Clock.GetUtcNow()).TotalSeconds, 1.0);
    }

    [Fact]
    public void A_binding_that_is_not_refreshed_expires()
    {
        Script.Registered("101");

        Script.Passes(3601);
        Script.NodeRegistrations.Sweep();

        Assert.Equal(0, Script.Count(Counter.ActiveRegistrations));
        Assert.Equal(0, Script.Registrations);
    }

    [Fact]
    public void The_path_is_kept_and_given_back()
    {
        // RFC 3327 §5.3
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(headers: ["Supported: path", "Path: <sip:edge.example.net;lr>"]);

        Assert.Equal("<sip:edge.example.net;lr>", SipText.Header(alice.Gets(200), "Path"));
        Assert.Equal(["<sip:edge.example.net;lr>"], Bindings[0].Path);
    }

    [Fact]
    public void A_long_name_of_a_phone_is_cut()
    {
        Script.Phone("101").Registers(headers: $"User-Agent: {new string('x', 5_000)}");

        Assert.Equal(200, Bindings[0].UserAgent.Length);
    }

    [Fact]
    public void More_devices_than_the_tenant_allows_are_refused()
    {
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(string.Join(", ", Enumerable.Range(1, 11).Select(i => $"<sip:101@192.0.2.{i}>")));

        alice.Gets(403);
        Assert.Empty(Bindings);
    }

    [Fact]
    public void A_connection_that_closes_takes_its_bindings_with_it()
    {
        var alice = Script.Phone("101", protocol: SipTransportProtocol.Tcp).Registers();

        alice.Flow.IsBroken = true;
        Script.Receiver.OnClosed(alice.Flow);
        Script.Settle();

        Assert.Empty(Bindings);
        Assert.Equal(0, Script.Count(Counter.ActiveRegistrations));
    }

    [Fact]
    public void A_retransmitted_REGISTER_gets_the_same_answer_and_no_new_challenge()
    {
        // RFC 3261 §17.2.2; threats: a retransmission must not fail for its nonce count.
        var alice = Script.Phone("101").IsChallenged();
        var lines = alice.TextOfRegister("z9hG4bKsame");

        alice.Sends(lines);
        alice.Sends(lines);

        Assert.Equal(SipText.Of(alice.Gets(200)), SipText.Of(alice.Gets(200)));
    }

    [Fact]
    public void The_answer_waits_until_the_binding_is_stored()
    {
        var alice = Script.Phone("101").IsChallenged();
        alice.SendsRegister(contact: "", expires: null);
        alice.Gets(200);
        Script.Grains.Weather.IsSlow = true;

        alice.SendsRegister();
        alice.GetsNothing();
        Script.ClusterGoesOn();

        alice.Gets(200);
    }

    [Fact]
    public void A_storage_that_fails_is_a_503_with_a_time_to_try_again()
    {
        // RFC 3261 §21.5.4
        var alice = Script.Registered("101");
        Script.Grains.Weather.IsDown = true;

        alice.SendsRegister("<sip:101@192.0.2.99>");

        Assert.NotEmpty(SipText.Header(alice.Gets(503), "Retry-After"));
    }

    [Fact]
    public void A_storage_that_is_silent_for_five_seconds_is_a_503()
    {
        var alice = Script.Registered("101");
        Script.Grains.Weather.IsSlow = true;

        alice.SendsRegister("<sip:101@192.0.2.99>");
        Script.Passes(4.9);
        alice.GetsNothing();
        Script.Passes(0.2);

        alice.Gets(503);
    }
}
