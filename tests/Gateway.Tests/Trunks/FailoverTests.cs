using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>A destination of several servers (RFC 3263 §4.3).</summary>
public sealed class FailoverTests : TrunkTest
{
    private const string Gateway = "sip.telco.example";

    [Fact]
    public void A_silent_server_hands_over_to_the_next_after_its_time()
    {
        var (first, second) = Servers();
        first.Flow.IsDeaf = true;
        var call = Caller().Invites("5551");

        Script.Passes(3.9);
        second.GetsNothing();
        Script.Passes(0.2);

        Connects(call, second.GetsCall());
    }

    [Fact]
    public void The_next_server_gets_the_same_request_in_a_new_transaction()
    {
        var (first, second) = Servers();
        Caller().Invites("5551");
        var refused = first.GetsCall();
        refused.Sends(503);
        var taken = second.GetsCall();

        Assert.NotEqual(SipText.Lines(refused.Last, "Via"), SipText.Lines(taken.Last, "Via"));
        foreach (var header in (string[])["From", "To", "Call-ID", "CSeq"])
            Assert.Equal(SipText.Header(refused.Last, header), SipText.Header(taken.Last, header));
        Assert.Equal(SipText.FirstLine(refused.Last), SipText.FirstLine(taken.Last));
        refused.Gets("ACK");
        taken.Sends(486);
        taken.Gets("ACK");
    }

    [Fact]
    public void A_server_that_cannot_be_reached_costs_no_time()
    {
        var (first, second) = Servers();
        first.Flow.IsBroken = true;

        Connects(Caller().Invites("5551"), second.GetsCall());
    }

    [Fact]
    public void A_server_that_says_trying_is_waited_for()
    {
        var (first, second) = Servers();
        var call = Caller().Invites("5551");
        var taken = first.GetsCall();
        taken.Sends(100);

        Script.Passes(20);

        second.GetsNothing();
        Connects(call, taken);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(486)]
    [InlineData(500)]
    public void Any_other_refusal_is_the_destinations(int status)
    {
        var (first, second) = Servers();
        var call = Caller().Invites("5551");

        first.GetsCall().Sends(status);

        call.GetsRefusal(status);
        second.GetsNothing();
    }

    [Fact]
    public void The_last_servers_failure_is_the_destinations_and_the_next_route_is_taken()
    {
        var (first, second) = Servers();
        var other = Script.Carrier("other");
        Script.AddRoute("", "other", order: 1);
        var call = Caller().Invites("5551");
        first.GetsCall().Sends(503);
        second.GetsCall().Sends(503);

        Connects(call, other.GetsCall());
    }

    [Fact]
    public void A_silent_destination_hands_over_to_the_next_route_after_its_time()
    {
        Script.Carrier("silent").Flow.IsDeaf = true;
        var other = Script.Carrier("other");
        Script.AddRoute("5", "silent");
        Script.AddRoute("", "other");
        var call = Caller().Invites("5551");

        Script.Passes(3.9);
        other.GetsNothing();
        Script.Passes(0.2);

        Connects(call, other.GetsCall());
    }

    [Fact]
    public void The_last_server_has_the_whole_time_of_its_transaction()
    {
        var (first, second) = Servers();
        first.Flow.IsDeaf = second.Flow.IsDeaf = true;
        var call = Caller().Invites("5551");

        Script.Passes(4.1 + 31.8);
        call.GetsNothing();
        Script.Passes(0.3);

        call.GetsRefusal(504);
    }

    [Fact]
    public void A_server_that_failed_is_passed_over_until_its_penalty_ends()
    {
        var (first, second) = Servers();
        first.Flow.IsBroken = true;
        var caller = Caller();
        Connects(caller.Invites("5551"), second.GetsCall());
        first.Flow.IsBroken = false;

        Connects(caller.Invites("5552"), second.GetsCall());
        first.GetsNothing();
        Script.Passes(30);

        Connects(caller.Invites("5553"), first.GetsCall());
    }

    [Fact]
    public void A_server_is_left_alone_as_long_as_it_asks()
    {
        // RFC 3261 §21.5.4
        var (first, second) = Servers();
        var caller = Caller();
        var call = caller.Invites("5551");
        first.GetsCall().Sends(503, headers: "Retry-After: 120 (busy);duration=9");
        Connects(call, second.GetsCall());
        first.Ignores();

        Script.Passes(119);
        Connects(caller.Invites("5552"), second.GetsCall());
        Script.Passes(1.1);

        Connects(caller.Invites("5553"), first.GetsCall());
    }

    [Fact]
    public void When_every_server_failed_lately_they_are_tried_all_the_same()
    {
        var (first, second) = Servers();
        first.Flow.IsBroken = second.Flow.IsBroken = true;
        var caller = Caller();
        caller.Invites("5551").GetsRefusal(502);
        first.Flow.IsBroken = second.Flow.IsBroken = false;

        Connects(caller.Invites("5552"), first.GetsCall());
    }

    [Fact]
    public void A_server_that_wakes_up_late_is_cancelled()
    {
        // RFC 3261 §9.1
        var (first, second) = Servers();
        var call = Caller().Invites("5551");
        var late = first.GetsCall();
        Script.Passes(4.1);
        first.Ignores();
        var taken = second.GetsCall();

        late.Sends(180);
        late.Gets("CANCEL");
        late.Sends(200, to: "CANCEL");
        late.Sends(487);
        late.Gets("ACK");

        call.GetsNothing();
        Connects(call, taken);
    }

    [Fact]
    public void A_server_that_answers_too_late_is_hung_up()
    {
        // RFC 3261 §13.2.2.4
        var (first, second) = Servers();
        var call = Caller().Invites("5551");
        var late = first.GetsCall();
        Script.Passes(4.1);
        first.Ignores();
        var taken = second.GetsCall();

        late.Answers();
        late.Gets("ACK");
        late.GetsBye();

        call.GetsNothing();
        Connects(call, taken);
    }

    [Fact]
    public void A_caller_who_gives_up_between_servers_calls_nobody_more()
    {
        var (first, second) = Servers();
        first.Flow.IsDeaf = true;
        var call = Caller().Invites("5551");
        Script.Passes(2);

        call.Sends("CANCEL");
        call.Gets(200);
        call.GetsRefusal(487);
        Script.Passes(40);

        second.GetsNothing();
    }

    [Fact]
    public void Each_attempt_is_told()
    {
        var (first, second) = Servers();
        first.Flow.IsDeaf = true;
        var call = Caller().Invites("5551");
        Script.Passes(4.1);
        var log = Script.LastCall.Log.Read().Where(d => d.Step == "target").Select(d => d.Text).ToArray();
        Connects(call, second.GetsCall());

        Assert.Equal(
            [
                $"UDP {first.Flow.Remote} of {Gateway} is asked.",
                $"UDP {first.Flow.Remote} of {Gateway} says nothing within 4 s; it is passed over for 30 s.",
                $"UDP {second.Flow.Remote} of {Gateway} is asked.",
            ],
            log);
    }

    [Fact]
    public void Why_a_name_leads_nowhere_is_told()
    {
        AddDestination("gone.example");
        var other = Script.Carrier("other");
        Script.AddRoute("", "other", order: 1);
        var call = Caller().Invites("5551");
        var log = Script.LastCall.Log.Read().Select(d => d.Text).ToArray();
        Connects(call, other.GetsCall());

        Assert.Contains("DNS does not know gone.example.", log);
    }

    [Fact]
    public async Task All_servers_of_a_destination_may_call()
    {
        var (_, second) = Servers();
        var callee = Script.Registered("102");
        await Script.Addresses.Refresh(Script.Context.Tenants.All, CancellationToken.None);

        var call = second.Invites("102");

        callee.GetsCall().Sends(486);
        call.GetsRefusal(486);
    }

    [Fact]
    public async Task Another_server_of_the_destination_may_go_on_with_the_call()
    {
        var (first, second) = Servers();
        var call = Caller().Invites("5551");
        await Script.Addresses.Refresh(Script.Context.Tenants.All, CancellationToken.None);
        var taken = first.GetsCall();
        taken.Answers();
        taken.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        second.Sends(AsFrom(second, taken, "BYE"));

        second.Gets(200);
        call.GetsBye();
    }

    [Fact]
    public async Task A_stranger_may_not()
    {
        var (first, _) = Servers();
        var stranger = Script.Stranger("third");
        var call = Caller().Invites("5551");
        await Script.Addresses.Refresh(Script.Context.Tenants.All, CancellationToken.None);
        var taken = first.GetsCall();

        stranger.Sends(AsFrom(stranger, taken, "BYE"));

        stranger.Gets(481);
        Connects(call, taken);
    }

    /// <summary>A request of the callee's dialog, sent by somebody who shares its state.</summary>
    private static string AsFrom(Phone sender, PhoneCall dialog, string method)
    {
        var invite = dialog.Invite;
        string[] lines =
        [
            sender.Via(sender.NewBranch()), "Max-Forwards: 70", $"From: {SipText.Header(invite, "To")};tag={dialog.LocalTag}",
            $"To: {SipText.Header(invite, "From")}", $"Call-ID: {dialog.CallId}", $"CSeq: 7 {method}",
        ];
        return SipText.Write($"{method} {dialog.Target} SIP/2.0", lines, null);
    }

    private (Phone First, Phone Second) Servers()
    {
        var first = Script.Stranger("first");
        var second = Script.Stranger("second");
        Script.Names.Domains[Gateway] = [.. new[] { first, second }.Select(p => new SipTarget(SipTransportProtocol.Udp, p.Flow.Remote))];
        AddDestination(Gateway);
        return (first, second);
    }

    private void AddDestination(string gateway)
    {
        var tenant = Script.Grains.Tenant(SipScript.Tenant);
        tenant.Destinations.Add(new(new Destination { Name = "telco", Gateway = gateway, Port = 0, Transport = Transport.None }, null));
        Script.Tell(tenant.News());
        Script.AddRoute("", "telco");
    }
}
