using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Messages;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>The manual, Settings / Security: Enable SIP Authentication, turned off in a network that the operator trusts.</summary>
public sealed class BelievedRequestTests : StandaloneTest
{
    [Fact]
    public async Task Phones_of_the_lab_register_call_and_write_without_credentials()
    {
        await UseLab("192.0.2.0/24");
        var (alice, bob) = (Lab("101"), Lab("102"));

        var (call, callee) = Answered(alice, bob);
        Assert.Contains("None: its From names 101, and the tenant authenticates nobody.", Decisions(), StringComparison.Ordinal);
        Ends(call, callee);
        alice.Sends(Text(alice, "MESSAGE", "sip:102@example.com", "hello"));
        Answers(bob, bob.Gets("MESSAGE"), 200);

        alice.Gets(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("198.51.100.0/24")]
    [InlineData("198.51.100.0/24, 2001:db8::/32")]
    public async Task Outside_of_trusted_networks_the_tenants_setting_counts_for_nothing(string networks)
    {
        await UseLab(networks);
        var phone = Script.Phone("101");

        phone.SendsRegister();
        phone.Gets(401);
        phone.Invites("102").Gets(407);
    }

    [Fact]
    public async Task In_a_trusted_network_tenants_that_did_not_turn_it_off_are_authenticated()
    {
        await UseScript(settings: ("Gateway:TrustedNetworks", "192.0.2.0/24"));
        var phone = Script.Phone("101");

        phone.SendsRegister();
        phone.Gets(401);
        phone.Invites("102").Gets(407);
    }

    [Fact]
    public async Task Another_tenant_is_not_concerned()
    {
        await UseLab("192.0.2.0/24");
        var other = new TenantId("other");
        Script.AddTenant(other, "other.example");

        var phone = Script.Phone("101", other);
        phone.SendsRegister();

        phone.Gets(401);
    }

    [Theory]
    [InlineData("<sip:999@example.com>")]
    [InlineData("<sip:103@example.com>")]
    [InlineData("<sip:101@elsewhere.test>")]
    [InlineData("<sip:anonymous@anonymous.invalid>")]
    [InlineData("<sip:example.com>")]
    public async Task Whose_From_names_no_extension_has_to_say_who_it_is(string from)
    {
        await UseLab("192.0.2.0/24");
        Script.AddExtension("103", extension => extension with { Enabled = false });
        var bob = Lab("102");
        var phone = Script.Phone("101");

        phone.Sends(Text(phone, "MESSAGE", "sip:102@example.com", "hello", $"From: {from};tag=f"));

        phone.Gets(407);
        bob.GetsNothing();
    }

    [Theory]
    [InlineData(SipTransportProtocol.Ws)]
    [InlineData(SipTransportProtocol.Wss)]
    public async Task A_browser_of_the_lab_has_to_say_who_it_is(SipTransportProtocol protocol)
    {
        // Whichever page it shows may open its WebSocket.
        await UseLab("192.0.2.0/24");
        var browser = Script.Phone("101", protocol: protocol);

        browser.SendsRegister();

        browser.Gets(401);
    }

    [Fact]
    public async Task One_may_register_oneself_alone()
    {
        // RFC 3261 §10.3 step 3
        await UseLab("192.0.2.0/24");
        Script.AddExtension("102");
        var phone = Script.Phone("101");

        phone.SendsRegister(to: "sip:102@example.com");

        phone.Gets(403);
    }

    [Fact]
    public async Task Turned_on_again_it_counts_from_the_next_request()
    {
        await UseLab("192.0.2.0/24");
        var alice = Lab("101");

        Script.Configure(settings => settings with { SipAuthentication = true });
        alice.SendsRegister();

        alice.Gets(401);
    }

    [Fact]
    public async Task Who_is_believed_may_call_no_more_than_its_extension()
    {
        await UseLab("192.0.2.0/24");
        var alice = Lab("101");
        Script.Carrier("carrier");
        Script.AddRoute("", "carrier");

        alice.Invites("5551234").GetsRefusal(404);
    }

    [Fact]
    public async Task Nobody_vouches_for_who_is_believed()
    {
        // RFC 3325 §5
        await UseLab("192.0.2.0/24");
        Script.AddExtension("101", extension => extension with { AllowExternalCalls = true });
        var alice = Lab("101");
        var carrier = Script.Carrier("carrier", destination => destination with { Trusted = true });
        Script.AddRoute("", "carrier");

        var call = alice.Invites("5551234");
        var ringing = carrier.GetsCall();

        Assert.Empty(SipText.Lines(ringing.Last, "P-Asserted-Identity"));
        ringing.Sends(486);
        ringing.Gets("ACK");
        call.GetsRefusal(486);
    }

    private async Task UseLab(string networks)
    {
        await UseScript(settings: ("Gateway:TrustedNetworks", networks));
        Script.Configure(settings => settings with { SipAuthentication = false });
    }

    /// <summary>A phone that registers without credentials.</summary>
    private Phone Lab(string username)
    {
        var phone = Script.Phone(username);
        phone.SendsRegister();
        phone.Gets(200);
        return phone;
    }
}
