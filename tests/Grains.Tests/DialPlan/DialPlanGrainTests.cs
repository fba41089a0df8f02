using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Security;

namespace TekSipCloud.Grains.Tests.DialPlan;

public sealed class DialPlanGrainTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Destinations_routes_and_filters_outlive_the_activation_in_their_order()
    {
        var plan = await NewPlan();
        await AddDestination(plan, "b");
        await AddDestination(plan, "a");
        foreach (var prefix in new[] { "", "0049", "00" })
            Assert.Null((await plan.SaveRoute(new() { Prefix = prefix, Destination = "a" }, WriteCondition.None).Soon()).Problem);
        Assert.Null((await plan.SaveRoute(new() { Prefix = "00", Destination = "b" }, WriteCondition.None).Soon()).Problem);
        await plan.SaveIpFilter(new("192.0.2.7/24", IpFilterAction.Drop, -1)).Soon();
        await plan.SaveIpFilter(new("198.51.100.1", IpFilterAction.Bypass, -1)).Soon();
        var before = await plan.GetSnapshot().Soon();

        await silo.ForgetAll();
        var after = await plan.GetSnapshot().Soon();

        Assert.Equal(["a", "b"], after.Destinations.Select(target => target.Destination.Name));
        Assert.Equal(["0049 a 0", "00 a 0", "00 b 1", " a 0"], after.Routes.Select(route => $"{route.Prefix} {route.Destination} {route.Order}"));
        Assert.Equal(["192.0.2.0/24", "198.51.100.1"], after.IpFilters.Select(filter => filter.Address));
        Assert.Equal((before.Version, 8), (after.Version, after.Version));
    }

    [Fact]
    public async Task A_password_is_kept_encrypted_and_never_shown()
    {
        var plan = await NewPlan();
        var saved = await plan.SaveDestination(new() { Name = "carrier", Gateway = "sip.example" }, "s3cret", WriteCondition.Create).Soon();
        Assert.True(saved.Value!.Value.HasPassword);
        await plan.SaveDestination(new() { Name = "carrier", Gateway = "sip2.example" }, "", WriteCondition.None).Soon();

        var target = Assert.Single((await plan.GetSnapshot().Soon()).Destinations);

        Assert.True(target.Destination.HasPassword);
        Assert.DoesNotContain("s3cret", target.ProtectedPassword, StringComparison.Ordinal);
        var purpose = new DestinationKey(new(plan.GetPrimaryKeyString()), "carrier").PasswordPurpose;
        Assert.Equal("s3cret", silo.Get<ISecretProtector>().Unprotect(target.ProtectedPassword!, purpose));
    }

    [Fact]
    public async Task A_destination_in_use_stays()
    {
        var plan = await NewPlan();
        await AddDestination(plan, "a");
        var route = (await plan.SaveRoute(new() { Prefix = "9", Destination = "a" }, WriteCondition.None).Soon()).Value!;

        Assert.Equal(ProblemKind.Conflict, (await plan.DeleteDestination("a", WriteCondition.None).Soon()).Problem?.Kind);

        Assert.Null((await plan.DeleteRoute(route.Value.Id, WriteCondition.IfMatch(route.ETag)).Soon()).Problem);
        Assert.Null((await plan.DeleteDestination("a", WriteCondition.None).Soon()).Problem);
        Assert.Equal(ProblemKind.NotFound, (await plan.DeleteDestination("a", WriteCondition.None).Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task Routes_are_replaced_by_id_and_removed_by_prefix()
    {
        var plan = await NewPlan();
        await AddDestination(plan, "a");
        await AddDestination(plan, "b");
        var route = (await plan.SaveRoute(new() { Prefix = "9", Destination = "a" }, WriteCondition.None).Soon()).Value!;
        await plan.SaveRoute(new() { Prefix = "9", Destination = "b" }, WriteCondition.None).Soon();
        var twin = await plan.SaveRoute(new() { Prefix = "9", Destination = "a" }, WriteCondition.None).Soon();
        Assert.Equal(ProblemKind.Conflict, twin.Problem?.Kind);

        var disabled = await plan.SaveRoute(route.Value with { Enabled = false }, WriteCondition.IfMatch(route.ETag)).Soon();
        Assert.False(disabled.Value!.Value.Enabled);
        Assert.Equal(2, (await plan.ListRoutes().Soon()).Length);

        Assert.Null((await plan.DeleteRoutesByPrefix("9").Soon()).Problem);
        Assert.Empty(await plan.ListRoutes().Soon());
        Assert.Equal(ProblemKind.NotFound, (await plan.DeleteRoutesByPrefix("9").Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task A_filter_with_the_same_network_is_replaced_and_found_by_any_spelling()
    {
        var plan = await NewPlan();
        await plan.SaveIpFilter(new("10.1.2.3/8", IpFilterAction.Allow, -1)).Soon();
        await plan.SaveIpFilter(new("10.0.0.0/8", IpFilterAction.Drop, -1)).Soon();

        Assert.Equal(new("10.0.0.0/8", IpFilterAction.Drop, 0), Assert.Single(await plan.ListIpFilters().Soon()));
        Assert.Null((await plan.DeleteIpFilter("10.9.9.9/8").Soon()).Problem);
        Assert.Equal(ProblemKind.NotFound, (await plan.DeleteIpFilter("10.9.9.9/8").Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task Gateways_get_the_whole_plan_after_each_change()
    {
        var plan = await NewPlan();
        var gateway = new RecordingGateway();
        var tenant = new Contracts.Tenants.TenantId(plan.GetPrimaryKeyString());
        await silo.Tenant(tenant).Subscribe(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway)).Soon();

        await AddDestination(plan, "a");
        var first = (await gateway.NextNews()).DialPlan!;
        await plan.SaveRoute(new() { Destination = "a" }, WriteCondition.None).Soon();
        var second = (await gateway.NextNews()).DialPlan!;

        Assert.True(second.Version > first.Version);
        Assert.Single(second.Routes);
        GC.KeepAlive(gateway);
    }

    private static async Task AddDestination(IDialPlanGrain plan, string name)
    {
        var saved = await plan.SaveDestination(new() { Name = name, Gateway = "192.0.2.5" }, null, WriteCondition.Create).Soon();
        Assert.Null(saved.Problem);
    }

    private async Task<IDialPlanGrain> NewPlan() =>
        silo.Grains.GetGrain<IDialPlanGrain>((await silo.NewTenant()).Value);
}
