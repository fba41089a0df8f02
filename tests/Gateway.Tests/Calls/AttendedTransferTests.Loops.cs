using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <content>Where the two calls are of different loops.</content>
public sealed partial class AttendedTransferTests
{
    [Fact]
    public async Task A_party_of_another_loops_call_comes_and_what_follows_goes_there()
    {
        var (call, callee, asking, asked) = await AskingOnTwoLoops();

        Refers(callee, asking);

        Connected(callee, asking);
        Realigned(asked);
        Realigned(call);
        Assert.True(IsMoved(call));
        Holds(call, asked, version: 7);
        Script.Passes(70);
        Assert.True(IsMoved(call));
        Ends(call, asked);
        Script.Passes(65);
        Assert.False(IsMoved(call));
    }

    [Fact]
    public async Task What_the_party_sends_to_the_loop_that_it_has_just_left_follows_it()
    {
        var (call, callee, asking, asked) = await AskingOnTwoLoops();
        IsAskedFor(() => Refers(callee, asking));
        call.Sends("BYE");

        Goes();

        call.Gets("INVITE");
        call.Gets(200);
        call.Sends(481, to: "INVITE");
        call.Gets("ACK");
        Connected(callee, asking);
        asked.Gets("INVITE");
        asked.GetsBye();
        asked.Sends(481, to: "INVITE");
        asked.Gets("ACK");
        Script.Passes(70);
        Assert.False(IsMoved(call));
    }

    [Fact]
    public async Task A_transferor_that_hangs_up_both_calls_meanwhile_leaves_their_parties_to_each_other()
    {
        // RFC 5589 §7 has it wait for the news; not every phone does.
        var (call, callee, asking, asked) = await AskingOnTwoLoops();
        Script.IsBusy = true;
        Refers(callee, asking);
        Turns(0);
        Turns(1);
        asking.Sends("BYE");
        Turns(1);

        Goes();

        asking.Gets(200);
        callee.Gets(202);
        Notified(callee, 100);
        Notified(callee, 200);
        callee.GetsBye();
        Realigned(asked);
        Realigned(call);
        Ends(call, asked);
    }

    [Fact]
    public async Task When_the_first_call_ends_meanwhile_the_transferor_has_the_second_one_still()
    {
        var (call, callee, asking, asked) = await AskingOnTwoLoops();
        Script.IsBusy = true;
        Refers(callee, asking);
        Turns(0);
        call.Sends("BYE");
        Turns(0);

        Goes();

        call.Gets(200);
        callee.Gets(202);
        Notified(callee, 100);
        Notified(callee, 487);
        callee.GetsBye();
        Holds(asking, asked);
        Ends(asking, asked);
    }

    [Fact]
    public async Task When_the_first_call_ends_and_the_transferor_hung_up_the_second_one_the_target_gets_BYE()
    {
        var (call, callee, asking, asked) = await AskingOnTwoLoops();
        Script.IsBusy = true;
        Refers(callee, asking);
        Turns(0);
        Script.Context.Calls.HangUp(FirstCall(), "The operator ends it.");
        Turns(0);
        Turns(1);
        asking.Sends("BYE");
        Turns(1);

        Goes();

        asked.GetsBye();
        call.GetsBye();
        asking.Gets(200);
        callee.Gets(202);
        Notified(callee, 100);
        Notified(callee, 487);
        callee.GetsBye();
    }

    [Fact]
    public async Task A_target_that_hangs_up_while_the_party_comes_leaves_it_with_BYE()
    {
        var (call, callee, asking, asked) = await AskingOnTwoLoops();
        IsAskedFor(() => Refers(callee, asking));
        asked.Sends("BYE");
        Turns(1);

        Goes();

        asked.Gets(200);
        asking.GetsBye();
        callee.Gets(202);
        Notified(callee, 100);
        Notified(callee, 200);
        callee.GetsBye();
        call.GetsBye();
        Script.Passes(70);
        Assert.False(IsMoved(call));
    }

    [Fact]
    public async Task A_target_that_wants_a_change_while_its_new_party_comes_has_to_wait()
    {
        // RFC 3261 §14.2
        var (call, callee, asking, asked) = await AskingOnTwoLoops();
        IsAskedFor(() => Refers(callee, asking));
        asked.Sends("INVITE", Sdp.Of(asked.Phone.Address, direction: "sendonly", version: 2));
        Turns(1);

        Goes();

        asked.Gets(491);
        asked.Sends("ACK");
        Connected(callee, asking);
        Realigned(asked);
        Realigned(call);
        Ends(call, asked);
    }

    [Fact]
    public async Task A_dialog_of_another_loops_that_is_somebody_elses_is_not_given_away()
    {
        var (call, callee, asking, asked) = await AskingOnTwoLoops();

        Refers(callee, asked);

        Refused(callee, 403);
        Assert.False(IsMoved(call));
        Ends(asking, asked);
        Ends(call, callee);
    }

    [Fact]
    public async Task A_target_that_rings_on_another_loop_is_called_anew()
    {
        await UseScript(64, ("Gateway:Loops", "2"));
        var (alice, bob, carol) = Phones();
        var (call, callee) = (InvitesOn(0, alice, "102"), bob.GetsCall());
        Answer(call, callee);
        var asking = InvitesOn(1, bob, "103");
        var ringing = carol.GetsCall();
        ringing.Sends(180);
        asking.Gets(180);

        Refers(callee, asking);

        asking.Gets(487);
        asking.Sends("ACK");
        ringing.Gets("CANCEL");
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        ringing.Gets("ACK");
        callee.Gets(202);
        Notified(callee, 100);
        var second = carol.GetsCall();
        second.Answers(Sdp.Of(carol.Address, 41000));
        second.Gets("ACK");
        Notified(callee, 200);
        callee.GetsBye();
        Realigned(call);
        Ends(call, second);
    }

    /// <summary>The place is kept on loop 1, and loop 0 has not heard of it yet.</summary>
    private void IsAskedFor(Action refers)
    {
        Script.IsBusy = true;
        refers();
        Turns(0);
        Turns(1);
    }

    private void Turns(int loop) => Script.Gateways[loop].Loop.RunUntilIdle();

    private void Goes()
    {
        Script.IsBusy = false;
        Script.Settle();
    }

    private Guid FirstCall() => Script.Context.Calls.All.Single(call => call.Gateway == Script.Gateways[0]).Id;

    private async Task<(PhoneCall Caller, PhoneCall Callee, PhoneCall Asking, PhoneCall Asked)> AskingOnTwoLoops()
    {
        await UseScript(64, ("Gateway:Loops", "2"));
        var (alice, bob, carol) = Phones();
        var (call, callee) = (InvitesOn(0, alice, "102"), bob.GetsCall());
        Answer(call, callee);
        var (asking, asked) = (InvitesOn(1, bob, "103"), carol.GetsCall());
        Answer(asking, asked);
        return (call, callee, asking, asked);
    }

    /// <summary>An INVITE whose Call-ID leads to a loop.</summary>
    private PhoneCall InvitesOn(int loop, Phone phone, string number)
    {
        string callId;
        do
            callId = phone.NewId("call");
        while (!Script.Receiver.Takes(Script.Gateways[loop].Layer, SipText.Bytes(callId)));

        return phone.InvitesBy(callId, number);
    }

    private bool IsMoved(PhoneCall call) => Script.Receiver.Moved.TryFind(SipText.Bytes(call.CallId), out _);
}
