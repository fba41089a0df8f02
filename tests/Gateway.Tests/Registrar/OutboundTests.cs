using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>The registrar's and the calling side of RFC 5626, and the Path and Service-Route that go with it.</summary>
public sealed class OutboundTests : GatewayTest
{
    private const string Instance = "+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"";

    private IReadOnlyList<Binding> Bindings => Script.Grains.Extension(SipScript.Tenant, "101").Bindings;

    [Fact]
    public void A_flow_is_registered_and_the_phone_is_told_so()
    {
        // RFC 5626 §6
        var alice = Connected();

        alice.SendsRegister(Flow(alice, 1), headers: "Supported: path, outbound");

        var answer = alice.Gets(200);
        Assert.Equal("outbound", SipText.Header(answer, "Require"));
        Assert.Equal("120", SipText.Header(answer, "Flow-Timer"));
        Assert.EndsWith($";{Instance};reg-id=1", SipText.Header(answer, "Contact"), StringComparison.Ordinal);
        Assert.Equal(1, Bindings[0].RegId);
    }

    [Fact]
    public void The_answer_to_a_refresh_tells_it_again()
    {
        var alice = Connected();
        alice.Registers(Flow(alice, 1), headers: "Supported: path, outbound");
        Script.Grains.Weather.IsDown = true;

        alice.SendsRegister(Flow(alice, 1), headers: "Supported: path, outbound");

        Assert.Equal("outbound", SipText.Header(alice.Gets(200), "Require"));
    }

    [Theory]
    [InlineData(Instance + ";reg-id=1", "Supported: path")]
    [InlineData("reg-id=1", "Supported: path, outbound")]
    [InlineData(Instance, "Supported: path, outbound")]
    public void A_reg_id_counts_only_with_an_instance_and_from_a_phone_that_supports_outbound(string parameters, string header)
    {
        // RFC 5626 §6
        var alice = Connected();

        alice.SendsRegister($"{alice.Contact};{parameters}", headers: header);

        Assert.Empty(SipText.Lines(alice.Gets(200), "Require"));
        Assert.Null(Bindings[0].RegId);
    }

    [Theory]
    [InlineData("Path: <sip:edge.example.net;lr>", 439)]
    [InlineData("Path: <sip:inner.example.net;lr;ob>, <sip:edge.example.net;lr>", 439)]
    [InlineData("Path: <sip:inner.example.net;lr>, <sip:edge.example.net;lr;ob>", 200)]
    [InlineData("Subject: no Path at all", 439)]
    public void A_first_hop_that_keeps_no_flow_is_refused(string header, int status)
    {
        // RFC 5626 §6, §11.6: the phone's first hop is the proxy of the last Path value.
        var alice = Connected();

        alice.SendsRegister(
            Flow(alice, 1), headers: ["Supported: path, outbound", "Via: SIP/2.0/UDP 192.0.2.200;branch=z9hG4bKphone", header]);

        alice.Gets(status);
        Assert.Equal(status == 200 ? 1 : 0, Bindings.Count);
    }

    [Fact]
    public void Flows_are_registered_one_by_one()
    {
        // RFC 5626 §4.2.1
        var alice = Connected();

        alice.SendsRegister($"{Flow(alice, 1)}, {Flow(alice, 2)}", headers: "Supported: outbound");

        alice.Gets(400);
        Assert.Empty(Bindings);
    }

    [Fact]
    public void A_phone_with_two_flows_rings_once()
    {
        // RFC 5626 §7
        var (first, second) = OnTwoFlows();

        var call = Script.Phone("102").IsChallenged().Invites("101");

        var ringing = second.GetsCall();
        first.GetsNothing();
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.HangsUp();
    }

    [Fact]
    public void When_a_flow_fails_the_next_one_of_the_phone_is_tried()
    {
        // RFC 5626 §7
        var (first, second) = OnTwoFlows();
        second.Flow.IsBroken = true;

        var call = Script.Phone("102").IsChallenged().Invites("101");

        var ringing = first.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.HangsUp();
    }

    [Fact]
    public void A_phone_that_refuses_is_not_asked_again_by_its_other_flow()
    {
        var (first, second) = OnTwoFlows();

        var call = Script.Phone("102").IsChallenged().Invites("101");
        second.GetsCall().Sends(486);

        call.Gets(486);
        first.GetsNothing();
    }

    [Fact]
    public void Calls_go_by_the_path_on_the_flow()
    {
        // RFC 3327 §5.3: the path vector is the route set of requests to the binding.
        var alice = Script.Phone("101").Registers(headers: ["Supported: path", "Path: <sip:inner.example.net;lr>, <sip:edge.example.net;lr>"]);

        var call = Script.Phone("102").IsChallenged().Invites("101");

        var invite = alice.Gets("INVITE");
        var routes = string.Join(", ", SipText.Lines(invite, "Route").Select(line => line["Route: ".Length..]));
        Assert.Equal("<sip:inner.example.net;lr>, <sip:edge.example.net;lr>", routes);
        call.Sends("CANCEL");
    }

    [Fact]
    public void A_phone_that_knows_no_path_is_not_told_of_it()
    {
        // RFC 3327 §5.3
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(headers: "Path: <sip:edge.example.net;lr>");

        Assert.Empty(SipText.Lines(alice.Gets(200), "Path"));
        Assert.Equal(["<sip:edge.example.net;lr>"], Bindings[0].Path);
    }

    [Fact]
    public void A_path_that_is_too_long_to_be_kept_is_refused()
    {
        var alice = Script.Phone("101").IsChallenged();

        alice.SendsRegister(headers: $"Path: {string.Join(", ", Enumerable.Range(0, 11).Select(i => $"<sip:p{i};lr>"))}");
        alice.Gets(513);
        alice.SendsRegister(headers: $"Path: <sip:{new string('p', 2_000)}@h;lr>");

        alice.Gets(513);
        Assert.Empty(Bindings);
    }

    [Fact]
    public void A_phone_is_told_to_come_back_by_this_node_where_the_tenant_wants_it()
    {
        // RFC 3608 §5
        Script.Configure(settings => settings with { ServiceRoute = true });
        var alice = Connected();

        alice.SendsRegister();

        Assert.Equal("<sip:198.51.100.1:5060;transport=tcp;lr>", SipText.Header(alice.Gets(200), "Service-Route"));
    }

    [Fact]
    public void No_service_route_is_the_usual_answer() =>
        Assert.Empty(SipText.Lines(Query(Script.Registered("101")), "Service-Route"));

    [Fact]
    public void An_extension_that_is_not_known_is_named_and_the_known_ones_are_not()
    {
        // RFC 3261 §8.2.2.3
        var alice = Script.Phone("101");

        alice.SendsRegister(headers: "Require: path, gruu, outbound");

        Assert.Equal(["Unsupported: gruu"], SipText.Lines(alice.Gets(420), "Unsupported"));
    }

    private static SipMessage Query(Phone phone)
    {
        phone.SendsRegister(contact: "", expires: null);
        return phone.Gets(200);
    }

    private Phone Connected() => Script.Phone("101", protocol: SipTransportProtocol.Tcp).IsChallenged();

    private static string Flow(Phone phone, int regId) => $"{phone.Contact};{Instance};reg-id={regId}";

    private (Phone First, Phone Second) OnTwoFlows()
    {
        var first = Connected();
        first.Registers(Flow(first, 1), headers: "Supported: path, outbound");
        Script.Passes(1);
        var second = Connected();
        second.Registers(Flow(second, 2), headers: "Supported: path, outbound");
        return (first, second);
    }
}
