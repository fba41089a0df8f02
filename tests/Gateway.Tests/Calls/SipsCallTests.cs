using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Gateway.Tests.Trunks;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>A call to a SIPS URI goes by TLS on every hop, or not at all (RFC 3261 §26.2.2, RFC 5630).</summary>
public sealed class SipsCallTests : TrunkTest
{
    [Theory]
    [InlineData(SipTransportProtocol.Tls)]
    [InlineData(SipTransportProtocol.Wss)]
    public void It_rings_a_phone_that_is_registered_by_TLS(SipTransportProtocol protocol)
    {
        var bob = Script.Phone("102", protocol: protocol).Registers();

        Connects(SecureCaller().InvitesSecurely("102"), bob.GetsCall());
    }

    [Theory]
    [InlineData(SipTransportProtocol.Udp)]
    [InlineData(SipTransportProtocol.Tcp)]
    [InlineData(SipTransportProtocol.Ws)]
    public void A_phone_that_is_not_is_none_and_the_caller_is_told_why(SipTransportProtocol protocol)
    {
        var bob = Script.Phone("102", protocol: protocol).Registers();

        var call = SecureCaller().InvitesSecurely("102");

        call.GetsRefusal(480);
        Assert.StartsWith("380 ", SipText.Header(call.Last, "Warning"), StringComparison.Ordinal);
        bob.GetsNothing();
    }

    [Fact]
    public void Of_several_phones_only_those_by_TLS_ring()
    {
        var open = Script.Phone("102").Registers();
        var secure = Script.Phone("102", protocol: SipTransportProtocol.Tls).Registers();

        Connects(SecureCaller().InvitesSecurely("102"), secure.GetsCall());

        open.GetsNothing();
    }

    [Fact]
    public void What_a_call_to_a_SIP_URI_found_a_moment_ago_does_not_serve_one_to_a_SIPS_URI()
    {
        var caller = SecureCaller();
        var bob = Script.Registered("102");
        Connects(caller.Invites("102"), bob.GetsCall());
        Connects(caller.Invites("102"), bob.GetsCall());

        caller.InvitesSecurely("102").GetsRefusal(480);
        Connects(caller.Invites("102"), bob.GetsCall());
    }

    [Theory]
    [InlineData("sip:102@192.0.2.77", 480)]
    [InlineData("sips:102@192.0.2.77", 180)]
    public void Behind_a_proxy_the_phones_own_URI_has_to_ask_for_TLS_as_well(string contact, int status)
    {
        var bob = Script.Phone("102", protocol: SipTransportProtocol.Tls);
        bob.Registers($"<{contact}>", headers: ["Supported: path", "Path: <sip:edge.example.com;transport=tls;lr>"]);

        var call = SecureCaller().InvitesSecurely("102");

        if (status == 480)
        {
            call.GetsRefusal(480);
            return;
        }

        Connects(call, bob.GetsCall());
    }

    [Fact]
    public void A_destination_is_called_only_if_it_is_one_by_TLS()
    {
        var open = Script.Carrier("open");
        Script.AddRoute("", "open");
        var caller = SecureCaller();

        caller.InvitesSecurely("5551").GetsRefusal(480);
        open.GetsNothing();

        Connects(caller.Invites("5551"), open.GetsCall());
    }

    [Fact]
    public void A_route_to_an_open_destination_is_passed_over_for_one_by_TLS()
    {
        var open = Script.Carrier("open");
        var secure = Script.Carrier("secure", destination => destination with { Transport = Transport.Tls });
        var byTls = Script.Stranger("secure", remote: secure.Flow.Remote.ToString(), protocol: SipTransportProtocol.Tls);
        Script.AddRoute("", "open");
        Script.AddRoute("", "secure", order: 1);

        Connects(SecureCaller().InvitesSecurely("5551"), byTls.GetsCall());

        open.GetsNothing();
    }

    private Phone SecureCaller()
    {
        Script.AddExtension("101", extension => extension with { AllowExternalCalls = true });
        return Script.Phone("101", protocol: SipTransportProtocol.Tls).Registers();
    }
}
