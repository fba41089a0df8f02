using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Nodes;

/// <summary>The manual, Enable Call Pick-Up: the call rings at one node, who picks it up is registered at another.</summary>
public sealed class PickUpAcrossNodesTests : GatewayTest
{
    private readonly SipScript _home = new(64, ("Node:Name", "node-b"));

    public PickUpAcrossNodesTests()
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
    public void The_INVITE_goes_to_the_node_of_the_call_and_so_does_what_follows()
    {
        var bob = _home.Registered("102");
        var call = _home.Registered("101").Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);
        _home.AddExtension("103");
        var carol = Script.Registered("103");

        var picked = carol.Invites("*8102");
        SettleBoth();
        // The other node takes nonces of its own only (RFC 7616 §3.3: stale).
        picked.GetsRefusal(407);
        Assert.Contains("stale=true", SipText.Header(picked.Last, "Proxy-Authenticate"), StringComparison.OrdinalIgnoreCase);
        carol.Digest.Learn(picked.Last);
        picked.SendsInvite(Sdp.Of(carol.Address));
        SettleBoth();

        picked.Gets(200);
        picked.Sends("ACK");
        SettleBoth();
        call.Gets(200);
        call.Sends("ACK");
        ringing.Gets("CANCEL");
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        ringing.Gets("ACK");
        Assert.Equal(0, Script.Context.Calls.Count);
        picked.Sends("BYE");
        SettleBoth();
        picked.Gets(200);
        call.GetsBye();
        // RFC 3261 §17.2.1: no message of the INVITE comes any more.
        Script.Passes(65);
        Assert.False(Script.Receiver.Moved.TryFindNode(SipText.Bytes(picked.CallId), out _));
    }

    [Fact]
    public void An_INVITE_with_Replaces_finds_the_node_of_the_dialog()
    {
        // RFC 3891 §3
        var bob = _home.Registered("102");
        var call = _home.Registered("101").Invites("102");
        var replaced = bob.GetsCall();
        Answer(call, replaced);
        _home.AddExtension("103");
        var carol = Script.Registered("103");
        string[] headers = [$"Replaces: {replaced.CallId};to-tag={replaced.RemoteTag};from-tag={replaced.LocalTag}"];

        var taking = carol.Invites("102", headers: headers);
        SettleBoth();
        taking.GetsRefusal(407);
        carol.Digest.Learn(taking.Last);
        taking.SendsInvite(Sdp.Of(carol.Address), headers);
        SettleBoth();

        taking.Gets(200);
        taking.Sends("ACK");
        SettleBoth();
        replaced.GetsBye();
        call.Gets("INVITE");
        call.Answers();
        call.Gets("ACK");
        taking.Sends("BYE");
        SettleBoth();
        taking.Gets(200);
        call.GetsBye();
        Script.Passes(65);
    }

    [Fact]
    public void A_node_that_does_not_answer_is_one_without_the_call()
    {
        Script.Grains.Gateway("node-b").IsSilent = true;
        var carol = Script.Registered("103");
        var picked = carol.Invites("*8102");
        picked.GetsNothing();

        Script.Passes(2.1);

        picked.GetsRefusal(480);
    }

    private static void Meet(SipScript one, string name, SipScript other)
    {
        one.Grains.Gateway(name).Script = other;
        one.Leases.Add(name);
    }

    private void SettleBoth()
    {
        for (var i = 0; i < 4; i++)
        {
            Script.Settle();
            _home.Settle();
        }
    }
}
