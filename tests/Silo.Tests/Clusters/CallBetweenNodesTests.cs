using System.Text.Json;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Silo.Tests.Clusters;

/// <summary>A phone registered at one node calls a phone registered at another (architecture: Across silos).</summary>
public sealed class CallBetweenNodesTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const int CallersTone = 440;
    private const int CalleesTone = 1000;
    private const string Caller = "1001";
    private const string Callee = "1002";
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Phones_at_two_nodes_talk_and_are_hung_up_from_either_node_and_by_the_callee()
    {
        await using var caller = await Baresip.Start(TwoNodes.Account(nodes.First, Caller) with { Hertz = CallersTone });
        await using var callee = await Baresip.Start(TwoNodes.Account(nodes.Second, Callee, "tcp") with { Hertz = CalleesTone });
        await AssertRegistered();

        await Talking(caller, callee);
        await HangUp(nodes.First);
        await Closed(caller, callee);

        await Talking(caller, callee);
        await HangUp(nodes.Second);
        await Closed(caller, callee);

        await Talking(callee, caller);
        await caller.HangUp();
        await Closed(callee);

        var history = await Poll.Until(
            "three calls are in the history", () => nodes.Second.Rest.GetAll(HistoryOf(Caller)), list => list.Count == 3, Soon);
        Assert.Equal(["callee", "operator", "operator"], history.Select(call => call.GetProperty("endedBy").GetString()));
        Assert.Equal(["node-b", "node-a", "node-a"], history.Select(call => call.GetProperty("node").GetString()));
    }

    /// <summary>RFC 3261 §9: CANCEL finds the phone that rings at the other node.</summary>
    [Fact]
    public async Task A_call_given_up_at_one_node_stops_ringing_at_the_other()
    {
        await using var caller = await Baresip.Start(TwoNodes.Account(nodes.First, "1003"));
        await using var callee = await Baresip.Start(TwoNodes.Account(nodes.Second, "1004") with { Answers = false });

        await caller.Dial("1004");
        await Task.WhenAll(caller.Await("CALL_RINGING"), callee.Await("CALL_INCOMING"));
        await caller.HangUp();
        await callee.Await("CALL_CLOSED");

        var history = await Poll.Until(
            "the call is in the history", () => nodes.Second.Rest.GetAll(HistoryOf("1003")), list => list.Count == 1, Soon);
        Assert.Equal(487, history[0].GetProperty("status").GetInt32());
    }

    /// <summary>RFC 3261 §14: a re-INVITE from the phone whose node does not have the call.</summary>
    [Fact]
    public async Task Hold_and_resume_cross_from_the_callees_node()
    {
        await using var caller = await Baresip.Start(TwoNodes.Account(nodes.First, "1005"));
        await using var callee = await Baresip.Start(TwoNodes.Account(nodes.Second, "1006", "tcp"));
        await Talking(caller, callee);

        await callee.Hold();
        await caller.AwaitLine("a=sendonly");
        await callee.AwaitLine("a=recvonly");
        var traced = caller.Trace.Count;
        await callee.Resume();
        await caller.AwaitLineAfter(traced, "a=sendrecv");
        await Task.WhenAll(caller.AwaitAudio(), callee.AwaitAudio());
        await caller.HangUp();
        await Closed(callee);
    }

    private static async Task Talking(Baresip from, Baresip to)
    {
        await from.Dial(to.Account.Number);
        await Task.WhenAll(from.Await("CALL_ESTABLISHED"), to.Await("CALL_ESTABLISHED"));
        await Task.WhenAll(from.AwaitTone(to.Account.Hertz, Talk), to.AwaitTone(from.Account.Hertz, Talk));
    }

    private static async Task Closed(params Baresip[] phones)
    {
        foreach (var phone in phones)
            await phone.Await("CALL_CLOSED");
    }

    private static async Task HangUp(ClusterNode node)
    {
        var calls = await Poll.Until("the call is listed", () => node.Rest.GetAll("tenants/default/calls"), list => list.Count == 1, Soon);
        await node.Rest.Delete($"tenants/default/calls/{calls[0].GetProperty("id").GetGuid()}");
        await Poll.Until("no call is listed", () => node.Rest.GetAll("tenants/default/calls"), list => list.Count == 0, Soon);
    }

    private async Task AssertRegistered()
    {
        var registrations = await nodes.Second.Rest.GetAll("tenants/default/registrations");
        Assert.Equal([(Caller, "node-a"), (Callee, "node-b")], registrations.Select(r => (Text(r, "username"), Text(r, "node"))));
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static string HistoryOf(string number) => $"tenants/default/calls/history?number={number}";
}
