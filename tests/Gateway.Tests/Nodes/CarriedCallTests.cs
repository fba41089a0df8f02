using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Nodes;

/// <summary>
/// Two nodes: bob's phone is registered at this one, alice calls him at the other one, which has the call. This one carries what belongs to it,
/// and must not stop under it.
/// </summary>
public sealed class CarriedCallTests : GatewayTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    // The clock runs while a drain is awaited, for as long as that takes: nobody is heard meanwhile.
    private readonly SipScript _home = new(64, ("Node:Name", "node-b"), ("Gateway:MediaTimeout", "00:00:00"));

    public CarriedCallTests()
    {
        Meet(Script, "node-b", _home);
        Meet(_home, "node-a", Script);
    }

    public override async ValueTask DisposeAsync()
    {
        await using var home = _home;
        if (TestContext.Current.TestState?.Result != TestResult.Failed)
            await home.LeavesNothing();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_drain_waits_for_a_call_of_another_node_with_a_phone_of_this_one()
    {
        var (alice, bob) = CallsAcross(SipTransportProtocol.Udp);
        var drained = Begin(within: null);
        await StepUntil(() => Script.Context.Drain.Carried is not null);

        Assert.Equal((GatewayPhase.Draining, 1), (Script.Context.Drain.Phase, Script.Context.Drain.Carried));
        Pass(TimeSpan.FromSeconds(20));
        Assert.False(drained.IsCompleted);
        alice.HangsUp();
        bob.GetsBye();
        _home.Settle();

        await PassUntil(drained);
        Assert.Equal((GatewayPhase.Drained, 0), (Script.Context.Drain.Phase, Script.Context.Drain.Carried));
    }

    [Fact]
    public async Task A_call_that_its_phone_here_ends_ends_the_drain()
    {
        var (alice, bob) = CallsAcross(SipTransportProtocol.Tls);
        var drained = Begin(within: null);
        await StepUntil(() => Script.Context.Drain.Carried == 1);

        bob.Sends("BYE");
        _home.Settle();
        alice.GetsBye();

        await PassUntil(drained);
        bob.Gets(200);
    }

    [Fact]
    public async Task At_the_deadline_its_node_ends_it_by_BYE_on_both_legs_and_writes_why()
    {
        var (alice, bob) = CallsAcross(SipTransportProtocol.Tls);
        var drained = Begin(TimeSpan.FromMinutes(1));
        await StepUntil(() => Script.Context.Drain.Carried == 1);

        Pass(TimeSpan.FromSeconds(60));
        await PassUntil(drained);
        Settle();

        bob.GetsBye();
        alice.GetsBye();
        await _home.Context.Outbox.Drain(Soon);
        var record = Assert.Single(_home.Grains.Book.Calls)[^1].End!;
        Assert.Equal((CallEnd.System, 200), (record.EndedBy, record.Status));
        Assert.Contains("drained", record.Reason, StringComparison.Ordinal);
        Assert.Empty(Script.Grains.Book.Calls);
    }

    [Fact]
    public async Task A_phone_that_rings_for_another_node_is_waited_for_and_cancelled_at_the_deadline()
    {
        var bob = RegisteredAcross("102", SipTransportProtocol.Udp);
        var alice = _home.Registered("101").Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        _home.Settle();
        alice.Gets(180);
        var drained = Begin(TimeSpan.FromSeconds(5));
        await StepUntil(() => Script.Context.Drain.Carried == 1);

        Pass(TimeSpan.FromSeconds(5));
        await PassUntil(drained);
        Settle();

        alice.GetsRefusal(480);
        ringing.Gets("CANCEL");
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        _home.Settle();
    }

    [Fact]
    public async Task A_call_whose_phone_has_lost_its_connection_is_not_waited_for()
    {
        var (alice, bob) = CallsAcross(SipTransportProtocol.Tls);
        bob.Phone.Flow.IsBroken = true;

        await PassUntil(Begin(within: null));

        alice.HangsUp();
    }

    [Fact]
    public async Task Calls_that_their_node_reaches_by_itself_are_none_of_this_ones()
    {
        var (alice, bob) = InProgress(_home);

        await PassUntil(Begin(within: null));

        alice.HangsUp();
        bob.GetsBye();
    }

    [Fact]
    public async Task A_node_that_lives_and_does_not_say_is_waited_for_until_the_deadline()
    {
        Script.Grains.Gateway("node-b").IsSilent = true;
        var drained = Begin(TimeSpan.FromMinutes(1));

        await PassUntil(() => Script.Clock.GetUtcNow() >= Script.Context.Drain.Deadline - TimeSpan.FromSeconds(1));
        Assert.False(drained.IsCompleted);

        await PassUntil(drained);
        Assert.StartsWith("node-a: ", Assert.Single(Script.Grains.Gateway("node-b").HungUp), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_whose_lease_has_lapsed_is_not_asked()
    {
        Script.Leases.Known.Clear();
        Script.Leases.Known.Add(new NodeLease("node-b", "1", Script.Clock.GetUtcNow()));
        var (alice, bob) = CallsAcross(SipTransportProtocol.Udp);

        await PassUntil(Begin(within: null));

        alice.HangsUp();
        bob.GetsBye();
    }

    [Fact]
    public async Task Storage_that_does_not_name_the_nodes_does_not_keep_a_drain_from_its_end()
    {
        Script.Leases.Known.Clear();
        Script.Grains.Weather.IsDown = true;

        await PassUntil(Begin(within: null));

        Script.Grains.Weather.IsDown = false;
    }

    [Fact]
    public async Task A_drain_that_is_taken_back_leaves_calls_of_other_nodes_alone()
    {
        var (alice, bob) = CallsAcross(SipTransportProtocol.Udp);
        _ = Begin(TimeSpan.FromMinutes(1));
        await StepUntil(() => Script.Context.Drain.Carried == 1);

        Script.Context.Drain.TakeBack();
        Pass(TimeSpan.FromMinutes(2));

        Assert.Null(Script.Context.Drain.Carried);
        Assert.Empty(Script.Grains.Gateway("node-b").HungUp);
        alice.HangsUp();
        bob.GetsBye();
    }

    [Fact]
    public async Task A_node_that_stops_without_a_drain_has_calls_of_other_nodes_ended_first()
    {
        var (alice, bob) = CallsAcross(SipTransportProtocol.Tls);
        var farewell = new GatewayFarewell(
            Script.Context.Drain, Script.Context.Calls, Script.Carried, Script.Context.Outbox, Options.Create(Script.Context.Options), Script.Clock);

        await farewell.StoppingAsync(TestContext.Current.CancellationToken).WaitAsync(Soon, TestContext.Current.CancellationToken);
        Settle();

        bob.GetsBye();
        alice.GetsBye();
        await _home.Context.Outbox.Drain(Soon);
        Assert.Contains("stopped", Assert.Single(_home.Grains.Book.Calls)[^1].End!.Reason, StringComparison.Ordinal);
    }

    private Task Begin(TimeSpan? within) => Script.Context.Drain.Begin(Script.Clock.GetUtcNow() + within);

    private static void Meet(SipScript one, string name, SipScript other)
    {
        one.Grains.Gateway(name).Script = other;
        one.Leases.Add(name);
    }

    /// <summary>A phone whose flow this node holds, as the other one knows it.</summary>
    private Phone RegisteredAcross(string username, SipTransportProtocol protocol)
    {
        var phone = Script.Phone(username, protocol: protocol).Registers();
        var binding = Assert.Single(Script.Grains.Extension(SipScript.Tenant, username).Bindings);
        var contact = new ContactWish(binding.Contact, TimeSpan.FromHours(1), 1000, null, null, binding.Identity);
        _home.AddExtension(username);
        _ = _home.Grains.Extension(SipScript.Tenant, username).Register(new RegisterCommand("c", 1, [contact], false, [], binding.Flow, ""));
        return phone;
    }

    private (PhoneCall Caller, PhoneCall Callee) CallsAcross(SipTransportProtocol protocol)
    {
        var bob = RegisteredAcross("102", protocol);
        var call = _home.Registered("101").Invites("102");
        Script.Settle();
        var ringing = bob.GetsCall();
        ringing.Answers();
        _home.Settle();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        return (call, ringing);
    }

    private static (PhoneCall Caller, PhoneCall Callee) InProgress(SipScript script)
    {
        var callee = script.Registered("102");
        var call = script.Registered("101").Invites("102");
        var ringing = callee.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        return (call, ringing);
    }

    private void Settle()
    {
        Script.Settle();
        _home.Settle();
    }

    private void Pass(TimeSpan time)
    {
        Script.Passes(time.TotalSeconds);
        _home.Passes(time.TotalSeconds);
    }

    /// <summary>The drain looks from the thread pool: time passes at both nodes until it has come to an end there.</summary>
    private Task PassUntil(Task drained) => PassUntil(() => drained.IsCompleted);

    private Task PassUntil(Func<bool> isDone) => DoUntil(isDone, () => Pass(TimeSpan.FromSeconds(0.2)));

    private Task StepUntil(Func<bool> isDone) => DoUntil(isDone, Settle);

    private static async Task DoUntil(Func<bool> isDone, Action step)
    {
        using var patience = new CancellationTokenSource(Soon);
        while (!isDone())
        {
            patience.Token.ThrowIfCancellationRequested();
            step();
            await Task.Yield();
        }
    }
}
