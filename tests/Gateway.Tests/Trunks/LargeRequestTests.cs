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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_long_INFO_goes_by_TCP_where_there_is_some(bool takesTcp)
    {
        var (call, callee) = Outside();
        Moves(callee, takesTcp);

        call.Sends("INFO", new string('x', LargeRequests.MaxDatagram), "text/plain");

        var info = callee.Gets("INFO");
        Assert.StartsWith(takesTcp ? "SIP/2.0/TCP " : "SIP/2.0/UDP ", SipText.Header(info, "Via"), StringComparison.Ordinal);
        Assert.Equal(LargeRequests.MaxDatagram, info.Body.Length);
        Assert.Equal("2 INFO", SipText.Header(info, "CSeq"));
        callee.Sends(200, to: "INFO");
        call.Gets(200);
        call.HangsUp();
        callee.GetsBye();
        Assert.StartsWith(takesTcp ? "SIP/2.0/TCP " : "SIP/2.0/UDP ", SipText.Header(callee.Last, "Via"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_INFO_of_a_call_that_ends_while_a_way_by_TCP_is_looked_for_is_answered()
    {
        var (call, callee) = Outside();
        Script.Flows.Opening = new TaskCompletionSource<SipFlow?>();

        call.Sends("INFO", new string('x', LargeRequests.MaxDatagram), "text/plain");
        callee.HangsUp();
        call.GetsBye();
        Script.Flows.Opening.SetResult(null);
        Script.Settle();

        call.Gets(480);
        callee.GetsNothing();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_long_answer_in_an_ACK_goes_by_TCP_where_there_is_some(bool takesTcp)
    {
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551", sdp: null);
        var callee = carrier.GetsCall();
        callee.Answers(LongSdp(carrier));
        call.Gets(200);
        Moves(callee, takesTcp);

        call.Sends("ACK", LongSdp(call.Phone));

        var ack = callee.Gets("ACK");
        Assert.True(ack.Bytes.Length > LargeRequests.MaxDatagram);
        Assert.StartsWith(takesTcp ? "SIP/2.0/TCP " : "SIP/2.0/UDP ", SipText.Header(ack, "Via"), StringComparison.Ordinal);
        Assert.Equal("1 ACK", SipText.Header(ack, "CSeq"));
        call.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public void A_long_answer_in_the_ACK_of_a_change_goes_by_TCP_as_well()
    {
        var (call, callee) = Outside();
        call.SendsInvite(null);
        callee.Gets("INVITE");
        callee.Answers(LongSdp(callee.Phone));
        call.Gets(200);
        Moves(callee, takesTcp: true);

        call.Sends("ACK", LongSdp(call.Phone));

        Assert.StartsWith("SIP/2.0/TCP ", SipText.Header(callee.Gets("ACK"), "Via"), StringComparison.Ordinal);
        call.HangsUp();
        callee.GetsBye();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_BYE_with_a_long_route_goes_by_TCP_where_there_is_some(bool takesTcp)
    {
        var carrier = Script.Carrier("telco");
        var byTcp = takesTcp ? Script.Stranger("telco", remote: carrier.Flow.Remote.ToString(), protocol: SipTransportProtocol.Tcp) : null;
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551");
        var callee = carrier.GetsCall();
        callee.Sends(200, Sdp.Of(carrier.Address, 41000), headers: [.. Enumerable.Range(0, 12).Select(i => $"Record-Route: <sip:{new string('p', 90)}{i}.example.com;lr>")]);
        callee.Phone = byTcp ?? carrier;
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        call.HangsUp();

        // A way that was found once stays the call's.
        var bye = callee.Gets("BYE");
        Assert.True(bye.Bytes.Length > LargeRequests.MaxDatagram);
        Assert.StartsWith(takesTcp ? "SIP/2.0/TCP " : "SIP/2.0/UDP ", SipText.Header(bye, "Via"), StringComparison.Ordinal);
        Assert.Equal("2 BYE", SipText.Header(bye, "CSeq"));
        callee.Sends(200, to: "BYE");
    }

    /// <summary>A call to a destination, in progress.</summary>
    private (PhoneCall Caller, PhoneCall Callee) Outside()
    {
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        return Answered(Caller(), carrier, "5551");
    }

    /// <summary>The destination takes TCP from now on as well, and is heard there.</summary>
    private void Moves(PhoneCall callee, bool takesTcp)
    {
        if (takesTcp)
            callee.Phone = Script.Stranger("telco", remote: callee.Phone.Flow.Remote.ToString(), protocol: SipTransportProtocol.Tcp);
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
