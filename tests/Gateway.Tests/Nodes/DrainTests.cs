using System.Text;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Nodes;

/// <summary>A node that is being emptied: nothing begins, what is under way goes on, and what the deadline cuts is cut properly.</summary>
public sealed class DrainTests : GatewayTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private NodeDrain Drain => Script.Context.Drain;

    [Fact]
    public async Task New_calls_registrations_and_OPTIONS_are_503_with_a_time_to_come_back()
    {
        var alice = Script.Registered("101");
        await PassUntil(Begin(within: null));

        var call = alice.Invites("102");
        Assert.NotEmpty(SipText.Header(call.Gets(503), "Retry-After"));
        alice.SendsRegister();
        Assert.NotEmpty(SipText.Header(alice.Gets(503), "Retry-After"));
        alice.Sends(SipText.Write(
            $"OPTIONS sip:{SipScript.Domain} SIP/2.0",
            [alice.Via("z9hG4bKo"), $"From: <sip:101@{SipScript.Domain}>;tag=f", $"To: <sip:{SipScript.Domain}>", "Call-ID: o", "CSeq: 1 OPTIONS"],
            null));
        alice.Gets(503);

        Assert.Equal(GatewayPhase.Drained, Drain.Phase);
        Assert.Empty(Script.Grains.Book.Calls);
    }

    [Fact]
    public void Calls_from_carriers_are_503()
    {
        Script.Registered("102");
        var carrier = Script.Carrier("telco");
        _ = Begin(within: null);

        carrier.Invites("102").Gets(503);
    }

    [Fact]
    public void Calls_of_another_node_to_a_phone_of_this_one_are_503_in_its_place()
    {
        var alice = Script.Registered("101");
        var flow = Script.Grains.Extension(SipScript.Tenant, "101").Bindings[0].Flow;
        _ = Begin(within: null);

        _ = Script.Observer.OnSend(flow, FromNodeB("INVITE", toTag: ""));

        var answer = SipText.Parse(Assert.Single(Script.Grains.Gateway("node-b").Received));
        Assert.Equal(503, answer.StatusCode);
        Assert.NotEmpty(SipText.Header(answer, "Retry-After"));
        alice.GetsNothing();
    }

    [Fact]
    public void What_belongs_to_a_call_of_another_node_still_reaches_its_phone()
    {
        var alice = Script.Registered("101");
        var flow = Script.Grains.Extension(SipScript.Tenant, "101").Bindings[0].Flow;
        _ = Begin(within: null);

        _ = Script.Observer.OnSend(flow, FromNodeB("INVITE", toTag: ";tag=2"));
        alice.Gets("INVITE");
        _ = Script.Observer.OnSend(flow, FromNodeB("BYE", toTag: ";tag=2"));
        alice.Gets("BYE");
    }

    [Fact]
    public async Task A_call_in_progress_goes_on_and_the_drain_ends_with_it()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var drained = Begin(within: null);
        Assert.Equal(GatewayPhase.Draining, Drain.Phase);

        call.Sends("INVITE", Sdp.Of(call.Phone.Address));
        callee.Gets("INVITE");
        callee.Answers();
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        Assert.False(drained.IsCompleted);
        call.HangsUp();
        callee.GetsBye();

        await PassUntil(drained);
        Assert.Equal(GatewayPhase.Drained, Drain.Phase);
    }

    [Fact]
    public async Task A_call_that_is_cut_at_the_deadline_gets_BYE_on_both_legs_and_a_record_that_says_so()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var drained = Begin(TimeSpan.FromMinutes(1));

        Script.Passes(60);
        await SettleUntil(drained);

        call.GetsBye();
        callee.GetsBye();
        await Script.Context.Outbox.Drain(Soon);
        var record = Assert.Single(Script.Grains.Book.Calls)[^1].End!;
        Assert.Equal(CallEnd.System, record.EndedBy);
        Assert.Equal(200, record.Status);
        Assert.Contains("drained", record.Reason, StringComparison.Ordinal);
        Assert.InRange(record.Duration, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_call_that_rings_at_the_deadline_is_refused_and_cancelled()
    {
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);

        var drained = Begin(TimeSpan.FromSeconds(5));
        Script.Passes(5);
        await SettleUntil(drained);

        call.GetsRefusal(480);
        ringing.Gets("CANCEL");
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
    }

    [Fact]
    public void A_drain_that_is_taken_back_lets_calls_begin_again()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        _ = Begin(TimeSpan.FromMinutes(1));

        _ = Script.Observer.OnDrainTakenBack();
        Script.Passes(120);

        Assert.Equal(GatewayPhase.Open, Drain.Phase);
        var (second, other) = Answered(call.Phone, callee.Phone);
        second.HangsUp();
        other.GetsBye();
        call.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public async Task A_request_that_waits_for_a_read_when_the_drain_begins_is_503()
    {
        var alice = Script.Registered("101");
        Script.Credentials.Forget(new ExtensionKey(SipScript.Tenant, "101"));
        Script.Grains.Weather.IsSlow = true;
        var call = alice.Invites("102");

        _ = Begin(within: null);
        await Task.Run(Script.Grains.Weather.GoesOn, TestContext.Current.CancellationToken);
        Script.Settle();

        call.Gets(503);
    }

    [Fact]
    public async Task Begin_and_end_are_told()
    {
        await PassUntil(Begin(within: null));

        Assert.Collection(
            Script.Events.Messages,
            first => Assert.Contains("being drained", first, StringComparison.Ordinal),
            second => Assert.Contains("no call is left", second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_drain_of_a_gateway_that_is_gone_watches_its_calls_no_more()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var watch = Begin(within: null);

        Drain.Dispose();

        await watch.WaitAsync(Soon, TestContext.Current.CancellationToken);
        call.HangsUp();
        callee.GetsBye();
    }

    private Task Begin(TimeSpan? within) => Drain.Begin(Script.Clock.GetUtcNow() + within);

    /// <summary>The drain looks after its calls from the thread pool: time passes until it has come to an end there.</summary>
    private Task PassUntil(Task drained) => DoUntil(drained, () => Script.Passes(0.2));

    /// <summary>What the drain asked of the loop is done until it has come to an end; no time passes.</summary>
    private Task SettleUntil(Task drained) => DoUntil(drained, Script.Settle);

    private static async Task DoUntil(Task drained, Action step)
    {
        using var patience = new CancellationTokenSource(Soon);
        while (!drained.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            step();
            await Task.Yield();
        }
    }

    private static SipBytes FromNodeB(string method, string toTag)
    {
        var token = new NodeToken(new NodeIdentity("node-b", "1"), new FixedClusterKeys()).Own;
        return new([.. Encoding.UTF8.GetBytes(SipText.Write(
            $"{method} sip:101@h SIP/2.0",
            [$"Via: SIP/2.0/UDP h;branch=z9hG4bK{token}.x", "From: <sip:a@h>;tag=1", $"To: <sip:b@h>{toTag}", "Call-ID: elsewhere", $"CSeq: 1 {method}"],
            null))]);
    }
}
