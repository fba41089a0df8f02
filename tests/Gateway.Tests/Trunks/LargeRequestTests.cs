using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Gateway.Trunks;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>Requests that may not fit a datagram (RFC 3261 §18.1.1).</summary>
public sealed class LargeRequestTests : TrunkTest
{
    private static readonly string LongSubject = "Subject: " + new string('x', 1_000);

    [Fact]
    public void A_long_INVITE_goes_by_TCP_to_the_same_port_and_so_does_the_rest_of_the_call()
    {
        var carrier = Script.Carrier("telco");
        var byTcp = Script.Stranger("telco", remote: carrier.Flow.Remote.ToString(), protocol: SipTransportProtocol.Tcp);
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551", "", LongSubject);

        var taken = byTcp.GetsCall();

        Assert.StartsWith("SIP/2.0/TCP ", SipText.Header(taken.Last, "Via"), StringComparison.Ordinal);
        Assert.Contains(";transport=tcp>", SipText.Header(taken.Last, "Contact"), StringComparison.Ordinal);
        carrier.GetsNothing();
        Connects(call, taken);
    }

    [Fact]
    public void A_short_INVITE_stays_on_UDP()
    {
        var carrier = Script.Carrier("telco");
        Script.Stranger("telco", remote: carrier.Flow.Remote.ToString(), protocol: SipTransportProtocol.Tcp);
        Script.AddRoute("", "telco");

        Connects(Caller().Invites("5551"), carrier.GetsCall());
    }

    [Fact]
    public void Where_there_is_no_TCP_it_goes_by_UDP_and_the_log_says_so()
    {
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551", "", LongSubject);
        var taken = carrier.GetsCall();
        var length = taken.Last.Bytes.Length;
        var log = Script.LastCall.Log.Read().Select(d => d.Text).ToArray();
        Connects(call, taken);

        Assert.True(length > LargeRequests.MaxDatagram);
        Assert.Contains(log, text => text.EndsWith($"goes to {carrier.Flow.Remote} by UDP, though it may not arrive: there is no answer by TCP.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whether_a_server_takes_TCP_is_remembered_for_ten_minutes()
    {
        var carrier = Script.Carrier("telco");
        var requests = Script.Context.LargeRequests;
        Assert.Equal((null, true), await requests.FindStream(carrier.Flow.Remote));

        var byTcp = Script.Flows.Add(SipTransportProtocol.Tcp, carrier.Flow.Remote.ToString());
        Assert.Equal((null, false), await requests.FindStream(carrier.Flow.Remote));
        Script.Passes(600);
        Assert.Equal((byTcp, false), await requests.FindStream(carrier.Flow.Remote));
    }

    [Fact]
    public void A_registered_phone_is_reached_on_its_flow_whatever_the_length()
    {
        var bob = Script.Registered("102");
        Script.Stranger("102", remote: bob.Flow.Remote.ToString(), protocol: SipTransportProtocol.Tcp);

        Connects(Caller().Invites("102", "", LongSubject), bob.GetsCall());
    }
}
