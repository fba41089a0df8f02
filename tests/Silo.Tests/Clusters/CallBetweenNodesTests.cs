using System.Text.Json;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Silo.Tests.Clusters;

/// <summary>A phone registered at one node calls a phone registered at another (architecture: Across silos).</summary>
public sealed class CallBetweenNodesTests(HostFixture fixture)
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
        await using var nodes = await TwoNodes.Start(fixture.Azurite);
        foreach (var number in (string[])[Caller, Callee])
            await nodes.First.Rest.Post("tenants/default/extensions", new { username = number, password = TestTenant.PasswordOf(number) });
        await using var caller = await Baresip.Start(Account(nodes.First, Caller) with { Hertz = CallersTone });
        await using var callee = await Baresip.Start(Account(nodes.Second, Callee, "tcp") with { Hertz = CalleesTone });
        await AssertRegistered(nodes);

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
            "three calls are in the history", () => nodes.Second.Rest.GetAll("tenants/default/calls/history"), list => list.Count == 3, Soon);
        Assert.Equal(["callee", "operator", "operator"], history.Select(call => call.GetProperty("endedBy").GetString()));
        Assert.Equal(["node-b", "node-a", "node-a"], history.Select(call => call.GetProperty("node").GetString()));
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

    private static async Task AssertRegistered(TwoNodes nodes)
    {
        var registrations = await nodes.Second.Rest.GetAll("tenants/default/registrations");
        Assert.Equal([(Caller, "node-a"), (Callee, "node-b")], registrations.Select(r => (Text(r, "username"), Text(r, "node"))));
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static PhoneAccount Account(ClusterNode node, string number, string transport = "udp") =>
        new(number, TestTenant.PasswordOf(number), HostProcess.Domain, node.Ports.Sip) { Transport = transport };
}
