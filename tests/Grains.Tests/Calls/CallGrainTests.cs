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
        var grain = Grain(call);
        await grain.Open(call).Soon();
        var answered = call with { State = CallState.Answered, Answered = call.Started.AddSeconds(3) };
        await grain.Progress(answered).Soon();
        Assert.Equal(answered, Assert.Single(await silo.Get<IOpenCalls>().List(tenant, CancellationToken.None)));

        await grain.End(Samples.End(answered)).Soon();
        await grain.End(Samples.End(answered)).Soon();
        await grain.Open(call).Soon();

        Assert.Empty(await silo.Get<IOpenCalls>().List(tenant, CancellationToken.None));
        var record = Assert.Single((await silo.Get<ICallHistory>().List(tenant, new(), new(), CancellationToken.None)).Items);
        Assert.Equal((TimeSpan.FromSeconds(6), 200), (record.Duration, record.Status));
        Assert.Equal(ProblemKind.NotFound, (await grain.Get().Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task A_forgotten_call_is_read_from_its_row()
    {
        var tenant = await silo.NewTenant();
        var call = NewCall(tenant);
        await Grain(call).Open(call).Soon();

        await silo.ForgetAll();
        Assert.Equal(call, (await Grain(call).Get().Soon()).Value);

        await Grain(call).End(Samples.End(call)).Soon();
        await silo.ForgetAll();
        await Grain(call).Open(call).Soon();
        Assert.Empty(await silo.Get<IOpenCalls>().List(tenant, CancellationToken.None));
    }

    [Fact]
    public async Task Hanging_up_reaches_the_gateway_that_has_the_call()
    {
        var tenant = await silo.NewTenant();
        var call = NewCall(tenant);
        var gateway = new RecordingGateway();
        var door = silo.Grains.GetGrain<IGatewayGrain>(SiloFixture.Node);
        await door.Attach(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway), call.Incarnation).Soon();
        await Grain(call).Open(call).Soon();

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
        await Grain(call).Open(call).Soon();
        Assert.Null((await silo.Grains.GetGrain<ITenantGrain>(tenant.Value).Delete(WriteCondition.None).Soon()).Problem);

        await Grain(call).End(Samples.End(call)).Soon();

        Assert.Empty(await silo.Get<IOpenCalls>().List(tenant, CancellationToken.None));
        Assert.Empty((await silo.Get<ICallHistory>().List(tenant, new(), new(), CancellationToken.None)).Items);
    }

    private CallSummary NewCall(TenantId tenant)
    {
        var self = silo.Get<NodeIdentity>();
        return Samples.Call(tenant, self.Name, self.Incarnation);
    }

    private ICallGrain Grain(CallSummary call) =>
        silo.Grains.GetGrain<ICallGrain>(new CallKey(call.Tenant, call.Id).ToString());
}
