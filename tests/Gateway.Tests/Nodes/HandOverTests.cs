using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Nodes;

/// <summary>An INVITE that is to take over a call of another loop, or node, is handed over to it.</summary>
public sealed class HandOverTests : GatewayTest
{
    [Fact]
    public async Task A_call_that_rings_on_another_loop_is_picked_up_and_what_follows_goes_there()
    {
        await OnTwoLoops();
        var bob = Script.Registered("102");
        var call = InvitesOn(0, Script.Registered("101"), "102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);

        var picked = InvitesOn(1, Script.Registered("103"), "*8102");
        picked.Gets(200);
        picked.Sends("ACK");
        call.Gets(200);
        call.Sends("ACK");
        ringing.Gets("CANCEL");
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        ringing.Gets("ACK");

        Script.Passes(65);
        Ends(picked, call);
        Script.Passes(65);
        Assert.False(IsMoved(picked));
    }

    [Fact]
    public async Task A_party_of_another_loops_call_is_replaced()
    {
        // RFC 3891 §3
        await OnTwoLoops();
        var (call, replaced) = InProgress();

        var taking = InvitesOn(1, Script.Registered("103"), "102", Header(replaced));

        Taken(call, replaced, taking);
        Script.Passes(65);
        Ends(taking, call);
        Script.Passes(65);
        Assert.False(IsMoved(taking));
    }

    [Fact]
    public async Task Of_one_that_was_refused_nothing_is_kept_though_the_call_goes_on()
    {
        // RFC 3261 §17.2.1: 64*T1 for what may still come of the INVITE.
        await OnTwoLoops();
        var (call, replaced) = InProgress();
        var taking = InvitesOn(1, Script.Registered("103"), "102", $"{Header(replaced)};early-only");
        taking.GetsRefusal(486);
        Assert.True(IsMoved(taking));

        Script.Passes(65);

        Assert.False(IsMoved(taking));
        Ends(call, replaced);
    }

    [Fact]
    public async Task One_that_was_refused_and_taken_when_it_came_again_stays_where_it_is()
    {
        await OnTwoLoops();
        var (call, replaced) = InProgress();
        var carol = Script.Registered("103");
        var taking = InvitesOn(1, carol, "102", $"{Header(replaced)};early-only");
        taking.GetsRefusal(486);

        taking.SendsInvite(Sdp.Of(carol.Address), Header(replaced));

        Taken(call, replaced, taking);
        Script.Passes(65);
        Ends(taking, call);
    }

    [Fact]
    public async Task By_the_Call_ID_of_a_call_nobody_takes_its_messages_elsewhere()
    {
        // RFC 3261 §12.1.1 has Call-IDs be unique; who borrows one harms itself alone.
        await OnTwoLoops();
        var (call, replaced) = InProgress();
        var mallory = Script.Registered("103");
        var here = InvitesOn(1, Script.Registered("104"), "105", callee: Script.Registered("105"));

        var taking = mallory.InvitesBy(here.Caller.CallId, "102", Header(replaced));

        taking.GetsRefusal(481);
        Ends(here.Caller, here.Callee);
        Ends(call, replaced);
    }

    [Fact]
    public void Which_nodes_there_are_is_read_once_in_a_while()
    {
        Script.Leases.Add("node-b");
        var carol = Script.Registered("103");

        for (var i = 0; i < 5; i++)
            carol.Invites("102", headers: Nobody).GetsRefusal(481);

        Assert.Equal(1, Script.Leases.Reads);
        Script.Passes(5.1);
        carol.Invites("102", headers: Nobody).GetsRefusal(481);
        Assert.Equal(2, Script.Leases.Reads);
    }

    [Fact]
    public async Task No_more_wait_for_other_nodes_than_may_wait_for_a_read()
    {
        await UseScript(64, ("Sip:Limits:MaxReadsPerAddress", "1"));
        Script.Leases.Add("node-b");
        var carol = Script.Registered("103");
        Script.Grains.Gateway("node-b").IsSilent = true;
        var first = carol.Invites("102", headers: Nobody);

        var second = carol.Invites("102", headers: Nobody);

        Assert.NotEmpty(SipText.Header(second.Gets(503), "Retry-After"));
        Assert.False(IsMoved(second));
        Script.Passes(2.1);
        first.GetsRefusal(481);
        // The place is free again.
        Script.Grains.Gateway("node-b").IsSilent = false;
        carol.Invites("102", headers: Nobody).GetsRefusal(481);
    }

    [Fact]
    public async Task A_node_that_has_the_call_and_cannot_be_given_the_INVITE_is_503()
    {
        // RFC 3261 §21.5.4: never silence.
        await using var home = new SipScript(64, ("Node:Name", "node-b"));
        Script.Grains.Gateway("node-b").Script = home;
        Script.Leases.Add("node-b");
        var bob = home.Registered("102");
        var call = home.Registered("101").Invites("102");
        var callee = bob.GetsCall();
        Answer(call, callee);
        Script.Grains.Gateway("node-b").IsCutOff = true;

        var taking = Script.Registered("103").Invites("102", headers: Header(callee));

        Assert.NotEmpty(SipText.Header(taking.Gets(503), "Retry-After"));
        Assert.False(IsMoved(taking));
        Ends(call, callee);
        await home.LeavesNothing();
    }

    [Fact]
    public void While_it_is_not_known_which_nodes_there_are_it_is_503()
    {
        var carol = Script.Registered("103");
        Script.Grains.Weather.IsDown = true;

        var taking = carol.Invites("102", headers: Nobody);

        taking.Gets(503);
        Script.Grains.Weather.IsDown = false;
        carol.Invites("102", headers: Nobody).GetsRefusal(481);
    }

    private const string Nobody = "Replaces: nobody@knows;to-tag=1;from-tag=2";

    private Task OnTwoLoops() => UseScript(64, ("Gateway:Loops", "2"));

    private bool IsMoved(PhoneCall call) => Script.Receiver.Moved.TryFind(SipText.Bytes(call.CallId), out _);

    private (PhoneCall Caller, PhoneCall Callee) InProgress() => InvitesOn(0, Script.Registered("101"), "102", callee: Script.Registered("102"));

    private (PhoneCall Caller, PhoneCall Callee) InvitesOn(int loop, Phone phone, string number, Phone callee)
    {
        var call = InvitesOn(loop, phone, number);
        var ringing = callee.GetsCall();
        Answer(call, ringing);
        return (call, ringing);
    }

    /// <summary>An INVITE whose Call-ID leads to a loop.</summary>
    private PhoneCall InvitesOn(int loop, Phone phone, string number, params string[] headers)
    {
        string callId;
        do
            callId = phone.NewId("call");
        while (!Script.Receiver.Takes(Script.Gateways[loop].Layer, SipText.Bytes(callId)));

        return phone.InvitesBy(callId, number, headers);
    }

    private static string Header(PhoneCall dialog) => $"Replaces: {dialog.CallId};to-tag={dialog.RemoteTag};from-tag={dialog.LocalTag}";

    private static void Taken(PhoneCall staying, PhoneCall replaced, PhoneCall taking)
    {
        taking.Gets(200);
        taking.Sends("ACK");
        replaced.GetsBye();
        staying.Gets("INVITE");
        staying.Answers();
        staying.Gets("ACK");
    }
}
