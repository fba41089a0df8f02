using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>Calls that come from a destination's address (the manual, Routing).</summary>
public sealed class CallFromDestinationTests : GatewayTest
{
    [Fact]
    public void A_destination_reaches_an_extension_without_a_password()
    {
        var carrier = Script.Carrier("telco");
        var bob = Script.Registered("102");

        var call = carrier.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        ringing.HangsUp();
        call.GetsBye();
    }

    [Fact]
    public void A_destination_takes_no_route()
    {
        // Threats: toll fraud.
        var carrier = Script.Carrier("telco");
        var other = Script.Carrier("other");
        Script.AddRoute("", "other");

        carrier.Invites("0049301234").GetsRefusal(404);

        other.GetsNothing();
    }

    [Fact]
    public void A_disabled_destination_is_a_stranger()
    {
        var carrier = Script.Carrier("telco", d => d with { Enabled = false });
        Script.Registered("102");

        carrier.Invites("102").Gets(407);
    }

    [Fact]
    public void A_phone_at_a_destinations_address_calls_outside_like_any_other()
    {
        // One NAT or one machine for both: taken for the destination, the phone could take no route.
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        Script.AddExtension("101", e => e with { AllowExternalCalls = true });
        var phone = Script.Registered("101", remote: $"{carrier.Address}:40000");

        var call = phone.Invites("0049301234");

        carrier.GetsCall().Sends(486);
        call.GetsRefusal(486);
    }

    [Fact]
    public void A_registered_way_is_a_phones_even_before_it_answers_a_challenge()
    {
        var carrier = Script.Carrier("telco");
        Script.Registered("101", remote: $"{carrier.Address}:40000");
        var unchallenged = Script.Stranger("101", remote: $"{carrier.Address}:40000");

        unchallenged.Invites("102").Gets(407);
    }

    [Fact]
    public void A_destination_may_not_register()
    {
        var carrier = Script.Carrier("telco");

        carrier.SendsRegister();

        carrier.Gets(401);
    }

    [Fact]
    public void A_destination_by_host_name_is_known_by_its_address()
    {
        var carrier = Script.Carrier("telco", d => d with { Gateway = "sip.telco.example" });
        Script.Names.Names["sip.telco.example"] = carrier.Flow.Remote.Address;
        var bob = Script.Registered("102");
        _ = Script.Addresses.Refresh(Script.Context.Tenants.All, CancellationToken.None);

        var call = carrier.Invites("102");

        bob.GetsCall().Sends(486);
        call.GetsRefusal(486);
    }

    [Theory]
    [InlineData(true, "sip.telco.example", true)]
    [InlineData(true, "SIP.telco.example", true)]
    [InlineData(true, "else.example", false)]
    [InlineData(false, "sip.telco.example", false)]
    public void A_destination_is_known_by_the_name_of_its_verified_certificate_wherever_it_calls_from(bool byTls, string name, bool isKnown)
    {
        // RFC 5922 §7.4
        var transport = byTls ? Transport.Tls : Transport.Udp;
        Script.Carrier("telco", d => d with { Gateway = "sip.telco.example", Transport = transport });
        var caller = Script.Stranger("telco", remote: "203.0.113.77:40001", protocol: SipTransportProtocol.Tls);
        caller.Flow.CertificateNames = [name];
        var bob = Script.Registered("102");

        var call = caller.Invites("102");

        if (!isKnown)
        {
            call.Gets(407);
            return;
        }

        bob.GetsCall().Sends(486);
        call.GetsRefusal(486);
    }

    [Fact]
    public void A_caller_who_is_anonymous_stays_so()
    {
        // RFC 3323 §4.1.1.3; an anonymous From need not have a user.
        var carrier = Script.Carrier("telco");
        var bob = Script.Registered("102");
        var uri = $"sip:102@{SipScript.Domain}";

        carrier.Sends(SipText.Write(
            $"INVITE {uri} SIP/2.0",
            [
                carrier.Via(carrier.NewBranch()), "From: <sip:anonymous.invalid>;tag=a", $"To: <{uri}>", "Call-ID: anonymous-1",
                "CSeq: 1 INVITE", $"Contact: {carrier.Contact}",
            ],
            Sdp.Of(carrier.Address)));

        var ringing = bob.GetsCall();
        Assert.StartsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>", SipText.Header(ringing.Last, "From"), StringComparison.Ordinal);
        ringing.Sends(486);
        carrier.Gets(486);
    }
}
