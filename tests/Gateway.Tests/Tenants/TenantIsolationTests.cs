using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Tenants;

/// <summary>The same extension number in two tenants: neither reaches the other.</summary>
public sealed class TenantIsolationTests : GatewayTest
{
    private static readonly TenantId Other = new("other");

    [Fact]
    public void A_number_rings_in_the_callers_tenant_only()
    {
        Script.AddTenant(Other, "other.example");
        var alice = Script.Registered("101");
        var own = Script.Registered("102");
        var foreign = Script.Registered("102", Other);
        var call = alice.Invites("102");

        own.GetsCall().Sends(486);

        call.GetsRefusal(486);
        foreign.GetsNothing();
    }

    [Fact]
    public void Credentials_of_one_tenant_are_no_good_in_the_other()
    {
        Script.AddTenant(Other, "other.example");
        var alice = Script.Registered("101");
        var foreign = Script.Registered("101", Other);
        var call = PhoneCall.Outgoing(alice, "sip:101@other.example");

        call.SendsInvite(Sdp.Of(alice.Address));

        // Another realm: the credentials are not even looked at (RFC 3261 §22.3).
        call.Gets(407);
        foreign.GetsNothing();
    }

    [Fact]
    public void A_REGISTER_for_the_other_tenants_address_is_refused()
    {
        Script.AddTenant(Other, "other.example");
        Script.AddExtension("101", tenant: Other);
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(to: "sip:101@other.example");

        alice.Gets(404);
        Assert.Empty(Script.Grains.Extension(Other, "101").Bindings);
    }

    [Fact]
    public void A_destination_of_one_tenant_is_a_stranger_to_the_other()
    {
        Script.AddTenant(Other, "other.example");
        var carrier = Script.Carrier("telco");
        Script.Registered("101", Other);
        var call = PhoneCall.Outgoing(carrier, "sip:101@other.example");

        call.SendsInvite(Sdp.Of(carrier.Address));

        call.Gets(407);
    }

    [Fact]
    public void A_removed_tenant_is_known_no_more()
    {
        Script.AddTenant(Other, "other.example");
        var foreign = Script.Registered("101", Other);
        Script.Grains.Remove(Other);

        Script.Tell(new TenantNews { Tenant = Other, Removed = true });
        foreign.SendsRegister();

        foreign.Gets(404);
    }

    [Fact]
    public void The_calls_of_a_removed_tenant_end()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Script.Tell(new TenantNews { Tenant = SipScript.Tenant, Removed = true });
        Script.Settle();

        call.GetsBye();
        callee.GetsBye();
    }
}
