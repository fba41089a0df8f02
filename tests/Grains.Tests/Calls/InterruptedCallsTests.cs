using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Calls;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Testing;

namespace TekSipCloud.Grains.Tests.Calls;

public sealed class InterruptedCallsTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_restarted_node_closes_the_calls_of_its_last_start()
    {
        await using var hosts = new SiloHosts(azurite);
        await hosts.Start("a");
        var self = hosts.Get<NodeIdentity>("a");
        var call = Samples.Call(new("acme"), "a", self.Incarnation) with { State = CallState.Answered, Answered = TimeProvider.System.GetUtcNow() };
        await hosts.Get<OpenCalls>("a").Write([call]).Soon();

        await hosts.Restart("a");

        Assert.Empty(await hosts.Get<IOpenCalls>("a").ListByNode("a", CancellationToken.None));
        var record = await hosts.Get<ICallHistory>("a").Find(call.Tenant, call.Id, CancellationToken.None);
        Assert.Equal((CallEnd.NodeLost, 200), (record!.EndedBy, record.Status));
        Assert.True(record.Ended >= call.Answered);
    }

    [Fact]
    public async Task A_node_closes_the_calls_of_a_dead_one_but_not_those_of_a_live_one()
    {
        await using var hosts = new SiloHosts(azurite);
        await hosts.Start("a");
        var leases = hosts.Get<INodeLeases>("a");
        await leases.Renew(new("dead", "01"), TimeSpan.Zero, CancellationToken.None);
        await leases.Renew(new("live", "01"), TimeSpan.FromMinutes(5), CancellationToken.None);
        var lost = Samples.Call(new("acme"), "dead");
        var running = Samples.Call(new("acme"), "live");
        await hosts.Get<OpenCalls>("a").Write([lost]).Soon();
        await hosts.Get<OpenCalls>("a").Write([running]).Soon();

        await hosts.Get<InterruptedCalls>("a").CloseOthers(CancellationToken.None).Soon();

        var history = hosts.Get<ICallHistory>("a");
        Assert.Equal(500, (await history.Find(lost.Tenant, lost.Id, CancellationToken.None))?.Status);
        Assert.Null(await history.Find(running.Tenant, running.Id, CancellationToken.None));
        Assert.Single(await hosts.Get<IOpenCalls>("a").ListByNode("live", CancellationToken.None));
    }

    [Fact]
    public async Task A_call_that_ended_before_its_node_died_keeps_its_record()
    {
        await using var hosts = new SiloHosts(azurite);
        await hosts.Start("a");
        var call = Samples.Call(new("acme"), "a", "00");
        await hosts.Get<OpenCalls>("a").Write([call]).Soon();
        await hosts.Get<CallHistory>("a").Write([Samples.End(call)]).Soon();

        await hosts.Restart("a");

        var record = await hosts.Get<ICallHistory>("a").Find(call.Tenant, call.Id, CancellationToken.None);
        Assert.Equal(CallEnd.Callee, record?.EndedBy);
        Assert.Empty(await hosts.Get<IOpenCalls>("a").ListByNode("a", CancellationToken.None));
    }

    [Fact]
    public async Task A_restarted_node_takes_the_journal_of_its_last_start_into_the_books()
    {
        await using var hosts = new SiloHosts(azurite);
        await hosts.Start("a");
        var self = hosts.Get<NodeIdentity>("a");
        var tenant = new TenantId("journal");
        Assert.Null((await hosts.Get<IGrainFactory>("a").GetGrain<ITenantGrain>(tenant.Value)
            .Create(new NewTenant("Journal", ["journal.example"])).Soon()).Problem);
        var ended = Samples.Call(tenant, "a", self.Incarnation);
        var open = Samples.Call(tenant, "a", self.Incarnation);
        var known = Samples.Call(tenant, "a", self.Incarnation);
        var homeless = Samples.Call(new("gone"), "a", self.Incarnation);
        await hosts.Get<CallHistory>("a").Write([Samples.End(known)]).Soon();
        var journal = hosts.Get<CallJournal>("a");
        journal.Append([new(ended, null, false), new(open, null, false), new(known, null, false)]);
        journal.Append([new(ended, Samples.End(ended), true), new(homeless, Samples.End(homeless), false)]);

        await hosts.Restart("a");

        var history = hosts.Get<ICallHistory>("a");
        Assert.Equal(CallEnd.Callee, (await history.Find(tenant, ended.Id, CancellationToken.None))?.EndedBy);
        Assert.Equal(CallEnd.NodeLost, (await history.Find(tenant, open.Id, CancellationToken.None))?.EndedBy);
        Assert.Equal(CallEnd.Callee, (await history.Find(tenant, known.Id, CancellationToken.None))?.EndedBy);
        Assert.Null(await history.Find(homeless.Tenant, homeless.Id, CancellationToken.None));
        Assert.Empty(hosts.Get<CallJournal>("a").ReadLeft());
        await hosts.Restart("a");
        Assert.Empty(hosts.Get<CallJournal>("a").ReadLeft());
    }

    [Fact]
    public void The_end_is_when_the_node_last_renewed_its_lease()
    {
        var call = Samples.Call(new("acme"), "a", "01") with { State = CallState.Answered };
        var row = new OpenCall(call, call.Started.AddSeconds(2));
        var now = call.Started.AddMinutes(5);

        var byLease = InterruptedCall.ToRecord(row, new("a", "01", call.Started.AddSeconds(75)), Lifetime, now);
        var byRow = InterruptedCall.ToRecord(row, new("a", "02", call.Started.AddSeconds(75)), Lifetime, now);

        Assert.Equal((call.Started.AddSeconds(60), call.Started.AddSeconds(2)), (byLease.Ended, byRow.Ended));
    }
}
