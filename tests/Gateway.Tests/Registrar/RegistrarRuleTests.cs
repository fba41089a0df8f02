using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>RFC 3261 §10.3 step by step, as far as a gateway decides it; what the grain decides is in its own tests.</summary>
public sealed class RegistrarRuleTests : GatewayTest
{
    private InMemoryExtension Extension => Script.Grains.Extension(SipScript.Tenant, "101");

    private IReadOnlyList<Binding> Bindings => Extension.Bindings;

    [Fact]
    public void Step_1_a_domain_of_nobody_is_404()
    {
        var alice = Script.Stranger("101", "elsewhere.example");

        alice.SendsRegister();

        alice.Gets(404);
    }

    [Fact]
    public void Step_4_one_may_register_oneself_only()
    {
        Script.Phone("102");
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(to: $"sip:102@{SipScript.Domain}");

        alice.Gets(403);
        Assert.Empty(Script.Grains.Extension(SipScript.Tenant, "102").Bindings);
    }

    [Fact]
    public void Step_5_an_address_of_record_of_another_domain_is_404()
    {
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(to: "sip:101@elsewhere.example");

        alice.Gets(404);
    }

    [Theory]
    [InlineData("sip:%31%30%31@EXAMPLE.com")]
    [InlineData("sip:101@example.com;user=phone;x=1")]
    [InlineData("sips:101@example.com")]
    public void Step_5_an_address_of_record_is_compared_without_escapes_and_parameters(string to)
    {
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(to: to);

        alice.Gets(200);
        Assert.Single(Bindings);
    }

    [Theory]
    [InlineData("*", 3600u, "")]
    [InlineData("*", null, "")]
    [InlineData("*, <sip:101@192.0.2.10>", 0u, "")]
    [InlineData("*", 0u, "Contact: <sip:101@192.0.2.10>")]
    public void Step_6_a_star_stands_alone_and_with_Expires_zero(string contact, uint? expires, string header)
    {
        var alice = Script.Registered("101");

        alice.SendsRegister(contact, expires, headers: header);

        alice.Gets(400);
        Assert.Single(Bindings);
    }

    [Fact]
    public void Step_7_the_parameter_goes_before_the_header_and_the_header_before_the_usual_lifetime()
    {
        Script.Configure(settings => settings with { DefaultExpires = TimeSpan.FromMinutes(20) });
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister("<sip:101@192.0.2.1>;expires=100, <sip:101@192.0.2.2>", expires: 200);
        var first = alice.Gets(200);
        alice.SendsRegister("<sip:101@192.0.2.3>", expires: null);
        var second = alice.Gets(200);

        Assert.Equal(
            ["Contact: <sip:101@192.0.2.1>;expires=100", "Contact: <sip:101@192.0.2.2>;expires=200"],
            SipText.Lines(first, "Contact").Order(StringComparer.Ordinal));
        Assert.Contains("Contact: <sip:101@192.0.2.3>;expires=1200", SipText.Lines(second, "Contact"));
    }

    [Fact]
    public void Step_7_one_Contact_that_is_refused_refuses_all()
    {
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister("<sip:101@192.0.2.1>;expires=600, <sip:101@192.0.2.2>;expires=20");

        Assert.Equal("60", SipText.Header(alice.Gets(423), "Min-Expires"));
        Assert.Empty(Bindings);
    }

    [Fact]
    public void Step_7_an_hour_is_never_too_brief()
    {
        Script.Configure(settings => settings with
        {
            MinExpires = TimeSpan.FromHours(2),
            DefaultExpires = TimeSpan.FromHours(3),
            MaxExpires = TimeSpan.FromHours(4),
        });
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(expires: 3599);
        alice.Gets(423);
        alice.SendsRegister(expires: 3600);

        Assert.EndsWith(";expires=3600", SipText.Header(alice.Gets(200), "Contact"), StringComparison.Ordinal);
    }

    [Fact]
    public void Step_7_a_long_lifetime_is_shortened()
    {
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(expires: uint.MaxValue);

        Assert.EndsWith(";expires=3600", SipText.Header(alice.Gets(200), "Contact"), StringComparison.Ordinal);
    }

    [Fact]
    public void Step_8_the_answer_lists_every_binding_and_the_time()
    {
        var alice = Script.Registered("101");
        var mobile = Script.Phone("101").IsChallenged();

        mobile.SendsRegister(expires: 600);

        var answer = mobile.Gets(200);
        Assert.Equal(
            [$"Contact: {alice.Contact};expires=3600", $"Contact: {mobile.Contact};expires=600"],
            SipText.Lines(answer, "Contact").Order(StringComparer.Ordinal));
        Assert.Equal(Script.Clock.GetUtcNow().ToString("r"), SipText.Header(answer, "Date"));
    }

    [Fact]
    public void A_tag_in_To_makes_no_dialog_of_a_REGISTER()
    {
        // RFC 3261 §10.2; some phones repeat the tag of the last answer, and a response keeps what it got (§8.2.6.2).
        var alice = Script.Phone("101").IsChallenged();

        alice.Sends(alice.TextOfRegister("z9hG4bK1", toTag: ";tag=old"));

        Assert.Contains(";tag=old", SipText.Header(alice.Gets(200), "To"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_device_too_many_is_told_why()
    {
        // RFC 3261 §20.43
        var alice = Script.Phone("101").IsChallenged();
        alice.SendsRegister(string.Join(", ", Enumerable.Range(1, 10).Select(i => $"<sip:101@192.0.2.{i}>")));
        alice.Gets(200);

        alice.SendsRegister("<sip:101@192.0.2.11>");

        Assert.StartsWith("399 198.51.100.1:5060 \"", SipText.Header(alice.Gets(403), "Warning"), StringComparison.Ordinal);
        Assert.Equal(10, Bindings.Count);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("<sip:101@192.0.2.1>")]
    public void At_the_limit_the_owner_can_always_clear(string contact)
    {
        var alice = Script.Phone("101").IsChallenged();
        alice.SendsRegister(string.Join(", ", Enumerable.Range(1, 10).Select(i => $"<sip:101@192.0.2.{i}>")));
        alice.Gets(200);

        alice.SendsRegister(contact, expires: 0);

        alice.Gets(200);
        Assert.Equal(contact == "*" ? 0 : 9, Bindings.Count);
    }

    [Fact]
    public void All_that_a_tenant_allows_can_be_removed_in_one_REGISTER()
    {
        Script.Configure(settings => settings with { MaxBindings = 100 });
        var alice = Script.Phone("101").IsChallenged();
        var all = string.Join(", ", Enumerable.Range(1, 40).Select(i => $"<sip:101@192.0.2.{i}>"));

        alice.SendsRegister(all, expires: 0);

        alice.Gets(200);
    }

    [Fact]
    public void Retransmissions_while_the_grain_decides_are_no_second_call_to_it()
    {
        // RFC 3261 §17.2.2: the transaction takes them; before the final answer there is nothing to repeat.
        var alice = Script.Phone("101").IsChallenged();
        alice.SendsRegister(contact: "", expires: null);
        alice.Gets(200);
        var request = alice.TextOfRegister("z9hG4bKsame");
        Script.Grains.Weather.IsSlow = true;

        alice.Sends(request);
        alice.Sends(request);
        alice.Sends(request);
        alice.GetsNothing();
        Script.ClusterGoesOn();

        alice.Gets(200);
        alice.GetsNothing();
        Assert.Equal(1, Extension.Registers);
    }

    [Fact]
    public void Retransmissions_while_the_credentials_are_read_are_no_second_registration()
    {
        var alice = Script.Phone("101").IsChallenged();
        var request = alice.TextOfRegister("z9hG4bKsame");
        Script.Grains.Weather.IsSlow = true;

        alice.Sends(request);
        alice.Sends(request);
        Script.ClusterGoesOn();
        Script.ClusterGoesOn();

        alice.Gets(200);
        Assert.Equal(1, Extension.Registers);
        Assert.Single(Bindings);
    }
}
