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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_long_change_within_a_call_goes_by_TCP_where_there_is_some(bool takesTcp)
    {
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        var caller = Caller();
        var (call, callee) = Answered(caller, carrier, "5551");
        var before = Number(callee.Invite);
        if (takesTcp)
            callee.Phone = Script.Stranger("telco", remote: carrier.Flow.Remote.ToString(), protocol: SipTransportProtocol.Tcp);

        call.SendsInvite(LongSdp(caller));

        var change = callee.Gets("INVITE");
        Assert.True(change.Bytes.Length > LargeRequests.MaxDatagram);
        Assert.StartsWith(takesTcp ? "SIP/2.0/TCP " : "SIP/2.0/UDP ", SipText.Header(change, "Via"), StringComparison.Ordinal);
        Assert.Equal(before + 1, Number(change));
        callee.Answers();
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        callee.GetsBye();

        static int Number(Sip.Messages.SipMessage request) =>
            int.Parse(SipText.Header(request, "CSeq").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_call_that_ends_while_a_way_by_TCP_is_looked_for_is_not_changed_any_more()
    {
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        var (call, callee) = Answered(Caller(), carrier, "5551");
        Script.Flows.Opening = new TaskCompletionSource<SipFlow?>();

        call.SendsInvite(LongSdp(call.Phone));
        callee.HangsUp();
        call.Gets(487);
        call.Sends("ACK");
        call.GetsBye();
        Script.Flows.Opening.SetResult(null);
        Script.Settle();

        callee.GetsNothing();
    }

    /// <summary>An offer of many codecs, each with its parameters.</summary>
    private static string LongSdp(Phone phone)
    {
        var types = Enumerable.Range(102, 20).ToArray();
        return Sdp.Of(phone.Address, version: 2, codecs: $"0 8 101 {string.Join(' ', types)}")
            + string.Concat(types.Select(type => $"a=rtpmap:{type} codec{type}/8000\r\na=fmtp:{type} mode=one;parameter=of-many\r\n"));
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
