using System.Net;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>What one source may cost (threats: floods, amplification): a stranger little, whoever succeeds as much as it needs.</summary>
public sealed class SourceGateTests : GatewayTest
{
    private static readonly (string Name, string Value)[] Small =
    [
        ("Gateway:Sources:StrangerRate", "10"), ("Gateway:Sources:StrangerBurst", "20"),
        ("Gateway:Sources:TrustedRate", "10"), ("Gateway:Sources:TrustedBurst", "40"),
    ];

    private SourceGate Gate => Script.Context.Sources;

    [Fact]
    public async Task A_stranger_gets_its_burst_of_answers_and_then_silence()
    {
        await UseScript(settings: Small);
        var stranger = Script.Stranger("scanner");

        Assert.Equal(20, Answers(stranger, requests: 100));
        Assert.Equal(80, Gate.Unanswered);
        Script.Passes(1);
        Assert.Equal(10, Answers(stranger, requests: 100));
    }

    [Fact]
    public async Task A_flood_is_dropped_before_it_is_parsed_and_told_once()
    {
        await UseScript(settings: Small);
        Answers(Script.Stranger("scanner", remote: "203.0.113.9:5060"), requests: 100);

        Assert.False(Admits("203.0.113.9:5060", "REGISTER sip:x SIP/2.0"));
        Assert.False(Admits("203.0.113.9:61234", "INVITE sip:x SIP/2.0"));
        Assert.False(Admits("203.0.113.9:5060", "\u0016\u0003\u0001"));
        Assert.True(Admits("203.0.113.10:5060", "REGISTER sip:x SIP/2.0"));
        Assert.Single(Script.Events.Messages, e => e.Contains("203.0.113.9", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SIP/2.0 200 OK")]
    [InlineData("BYE sip:x SIP/2.0")]
    [InlineData("ACK sip:x SIP/2.0")]
    [InlineData("CANCEL sip:x SIP/2.0")]
    [InlineData("INFO sip:x SIP/2.0")]
    public async Task What_may_belong_to_a_call_is_always_looked_at(string firstLine)
    {
        await UseScript(settings: Small);
        Answers(Script.Stranger("scanner", remote: "203.0.113.9:5060"), requests: 100);

        Assert.True(Admits("203.0.113.9:5060", firstLine));
    }

    [Fact]
    public async Task A_phone_that_succeeds_works_on_while_its_neighbour_floods()
    {
        await UseScript(settings: Small);
        var good = Script.Phone("101", remote: "203.0.113.9:5062").Registers();
        var bad = Script.Stranger("scanner", remote: "203.0.113.9:61234");
        Answers(bad, requests: 100);

        Assert.False(Admits("203.0.113.9:61234", "REGISTER sip:x SIP/2.0"));
        Assert.True(Admits("203.0.113.9:5062", "REGISTER sip:x SIP/2.0"));
        good.Registers();
    }

    [Fact]
    public async Task A_phone_that_succeeds_lends_its_neighbours_flood_nothing()
    {
        await UseScript(settings: Small);
        var good = Script.Phone("101", remote: "203.0.113.9:5062").Registers();
        var bad = Script.Stranger("scanner", remote: "203.0.113.9:61234");
        Answers(bad, requests: 100);

        for (var i = 0; i < 50; i++)
            good.Registers();

        Assert.Equal(0, Answers(bad, requests: 100));
    }

    [Fact]
    public async Task Honest_work_at_any_rate_from_one_address_is_never_bounded()
    {
        await UseScript(settings: Small);
        var trunk = Script.Phone("101", remote: "203.0.113.9:5060");

        // No time passes: a thousand challenges and successes at once, from one address and port.
        for (var i = 0; i < 1_000; i++)
        {
            trunk.Digest.Nonce = "";
            trunk.Registers();
        }

        Assert.Equal(0, Gate.Unanswered);
    }

    [Fact]
    public async Task An_authenticated_source_that_then_floods_is_bounded_too()
    {
        await UseScript(settings: Small);
        var phone = Script.Phone("101").Registers();

        Assert.Equal(40, Answers(phone, requests: 100));
    }

    [Fact]
    public async Task An_IPv6_source_is_its_whole_subnet()
    {
        await UseScript(settings: Small);
        Answers(Script.Stranger("scanner", remote: "[2001:db8:1:2::1]:5060"), requests: 100);

        Assert.False(Admits("[2001:db8:1:2:ffff::9]:5060", "REGISTER sip:x SIP/2.0"));
        Assert.True(Admits("[2001:db8:1:3::1]:5060", "REGISTER sip:x SIP/2.0"));
    }

    [Fact]
    public async Task A_connection_that_floods_is_closed()
    {
        await UseScript(settings: Small);
        var stranger = Script.Stranger("scanner", protocol: SipTransportProtocol.Tcp);

        Answers(stranger, requests: 21);

        Assert.False(stranger.Flow.IsOpen);
    }

    [Fact]
    public async Task A_carrier_is_trusted_once_it_brought_a_call()
    {
        await UseScript(settings: Small);
        var carrier = Script.Carrier("carrier");

        carrier.Invites("999").GetsRefusal(404);

        Assert.Equal(40, Answers(carrier, requests: 100));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var flow = Script.Phone("101").Flow;
        var address = Bytes("203.0.113.9:5060");
        Allocations.AssertNone(Ask);

        void Ask()
        {
            Gate.Admits(address, "REGISTER sip:x SIP/2.0"u8);
            Gate.MayAnswer(flow);
            Gate.OnSuccess(flow);
        }
    }

    [Fact]
    public void The_address_of_a_socket_and_of_an_endpoint_are_one_source()
    {
        foreach (var text in (string[])["203.0.113.9:5060", "[2001:db8::1]:5061"])
            Assert.Equal(SourceKey.Of(IPEndPoint.Parse(text)), SourceKey.Of(Bytes(text)));
        Assert.Equal(SourceKey.Of(IPEndPoint.Parse("203.0.113.9:5060")), SourceKey.Of(IPEndPoint.Parse("[::ffff:203.0.113.9]:5060")));
    }

    private bool Admits(string source, string datagram) => Gate.Admits(Bytes(source), SipText.Bytes(datagram));

    private static byte[] Bytes(string source)
    {
        var address = IPEndPoint.Parse(source).Serialize();
        return address.Buffer[..address.Size].ToArray();
    }

    /// <summary>Sends requests without credentials; how many were answered.</summary>
    private static int Answers(Phone stranger, int requests)
    {
        for (var i = 0; i < requests && stranger.Flow.IsOpen; i++)
        {
            stranger.Sends(SipText.Write(
                $"OPTIONS sip:{SipScript.Domain} SIP/2.0",
                [
                    stranger.Via(stranger.NewBranch()), $"From: <sip:x@{SipScript.Domain}>;tag=f", $"To: <sip:x@{SipScript.Domain}>",
                    $"Call-ID: {stranger.NewId("o")}", "CSeq: 1 OPTIONS",
                ],
                null));
        }

        var answered = stranger.Flow.Inbox.Count;
        stranger.Ignores();
        return answered;
    }
}
