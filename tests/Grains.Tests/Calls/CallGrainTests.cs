using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Grains.Tests.Calls;

public sealed class CallGrainTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task A_call_is_listed_while_it_lasts_and_in_the_history_afterwards()
    {
        var tenant = await silo.NewTenant();
        var call = NewCall(tenant);
        await Report(call).Soon();
        var answered = call with { State = CallState.Answered, Answered = call.Started.AddSeconds(3) };
        await Report(answered).Soon();
        Assert.Equal(answered, Assert.Single(await silo.Get<IOpenCalls>().List(tenant, CancellationToken.None)));
        Assert.Equal(answered, (await Grain(call).Get().Soon()).Value);

        await Report(answered, Samples.End(answered)).Soon();
        await Report(answered, Samples.End(answered)).Soon();

        Assert.Empty(await silo.Get<IOpenCalls>().List(tenant, CancellationToken.None));
        var record = Assert.Single((await silo.Get<ICallHistory>().List(tenant, new(), new(), CancellationToken.None)).Items);
        Assert.Equal((TimeSpan.FromSeconds(6), 200), (record.Duration, record.Status));
        Assert.Equal(ProblemKind.NotFound, (await Grain(call).Get().Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task Many_calls_are_written_at_a_time()
    {
        var tenant = await silo.NewTenant();
        var calls = Enumerable.Range(0, 150).Select(_ => NewCall(tenant)).ToArray();

        await Book.Write([.. calls.Select((call, i) => new CallReport(call, i % 2 == 0 ? null : Samples.End(call), i % 2 != 0))]).Soon();

        Assert.Equal(75, (await silo.Get<IOpenCalls>().List(tenant, CancellationToken.None)).Length);
        var page = new PageRequest(null, 1_000);
        Assert.Equal(75, (await silo.Get<ICallHistory>().List(tenant, new(), page, CancellationToken.None)).Items.Length);
    }

    [Fact]
    public async Task Hanging_up_reaches_the_gateway_that_has_the_call()
    {
        var tenant = await silo.NewTenant();
        var call = NewCall(tenant);
        var gateway = new RecordingGateway();
        var door = silo.Grains.GetGrain<IGatewayGrain>(SiloFixture.Node);
        await door.Attach(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway), call.Incarnation).Soon();
        await Report(call).Soon();

        Assert.Null((await Grain(call).HangUp("operator").Soon()).Problem);

        Assert.Equal($"hang up {call.Id:N}: operator", await gateway.NextOrder());
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task Hanging_up_what_is_not_there_says_so()
    {
        var call = NewCall(await silo.NewTenant());

        Assert.Equal(ProblemKind.NotFound, (await Grain(call).HangUp("operator").Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task A_call_that_outlives_its_tenant_leaves_nothing_behind()
    {
        var tenant = await silo.NewTenant();
        var call = NewCall(tenant);
        await Report(call).Soon();
        Assert.Null((await silo.Grains.GetGrain<ITenantGrain>(tenant.Value).Delete(WriteCondition.None).Soon()).Problem);

        await Report(call, Samples.End(call)).Soon();

        Assert.Empty(await silo.Get<IOpenCalls>().List(tenant, CancellationToken.None));
        Assert.Empty((await silo.Get<ICallHistory>().List(tenant, new(), new(), CancellationToken.None)).Items);
    }

    private CallSummary NewCall(TenantId tenant)
    {
        var self = silo.Get<NodeIdentity>();
        return Samples.Call(tenant, self.Name, self.Incarnation);
    }

    private ICallBookGrain Book => silo.Grains.GetGrain<ICallBookGrain>(silo.Get<NodeIdentity>().Name);

    private Task Report(CallSummary call, CallRecord? end = null) => Book.Write([new(call, end, MayHaveRow: true)]);

    private ICallGrain Grain(CallSummary call) =>
        silo.Grains.GetGrain<ICallGrain>(new CallKey(call.Tenant, call.Id).ToString());
}
