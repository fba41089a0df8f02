using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Tests.Registrations;

namespace TekSipCloud.Grains.Tests.Tenants;

public sealed class TenantGrainTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task A_tenant_is_found_by_its_domains_and_outlives_its_activation()
    {
        var id = await silo.NewTenant();
        await silo.ForgetAll();

        var read = await silo.Tenant(id).Get().Soon();

        Assert.Equal($"{id}.example", read.Value!.Value.Realm);
        Assert.Equal(id, await silo.Get<ITenantDirectory>().FindByDomain($"{id}.EXAMPLE", CancellationToken.None));
        Assert.Contains((await silo.Get<ITenantDirectory>().List(new(Limit: 1000), CancellationToken.None)).Items, tenant => tenant.Id == id);
    }

    [Fact]
    public async Task A_domain_that_another_tenant_has_is_refused_and_nothing_is_made()
    {
        var first = await silo.NewTenant();
        var second = new TenantId($"{first}-second");

        var refused = await silo.Tenant(second).Create(new("", [$"new.{first}.example", $"{first}.example"])).Soon();

        Assert.Equal(ProblemKind.Conflict, refused.Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await silo.Tenant(second).Get().Soon()).Problem?.Kind);
        Assert.Null(await silo.Get<ITenantDirectory>().FindByDomain($"new.{first}.example", CancellationToken.None));
    }

    [Fact]
    public async Task A_domain_given_up_is_free_for_another_tenant()
    {
        var first = await silo.NewTenant();
        var second = await silo.NewTenant();
        await silo.Tenant(first).Change(new(Domains: [$"moved.{first}.example"]), WriteCondition.None).Soon();

        var taken = await silo.Tenant(second).Change(
            new(Domains: [$"{second}.example", $"{first}.example"]), WriteCondition.None).Soon();

        Assert.Null(taken.Problem);
        Assert.Equal(second, await silo.Get<ITenantDirectory>().FindByDomain($"{first}.example", CancellationToken.None));
        Assert.Equal(first, await silo.Get<ITenantDirectory>().FindByDomain($"moved.{first}.example", CancellationToken.None));
    }

    [Fact]
    public async Task A_change_over_an_old_version_is_refused()
    {
        var id = await silo.NewTenant();
        var read = (await silo.Tenant(id).Get().Soon()).Value!;
        await silo.Tenant(id).Change(new(Name: "First"), WriteCondition.IfMatch(read.ETag)).Soon();

        var second = await silo.Tenant(id).Change(new(Name: "Second"), WriteCondition.IfMatch(read.ETag)).Soon();

        Assert.Equal(ProblemKind.Changed, second.Problem?.Kind);
        Assert.Equal("First", (await silo.Tenant(id).Get().Soon()).Value!.Value.Name);
    }

    [Fact]
    public async Task Subscribed_gateways_hear_of_a_change()
    {
        var id = await silo.NewTenant();
        var gateway = new RecordingGateway();
        var reference = silo.Grains.CreateObjectReference<IGatewayObserver>(gateway);
        var first = (await silo.Tenant(id).Subscribe(reference).Soon()).Value!;

        await silo.Tenant(id).Change(new(Enabled: false), WriteCondition.None).Soon();
        var news = await gateway.NextNews();

        Assert.False(news.Snapshot!.Tenant.Enabled);
        Assert.True(news.Snapshot.Version > first.Version);
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task The_API_password_is_checked_and_can_be_taken_away()
    {
        var id = await silo.NewTenant();
        Assert.False(await silo.Tenant(id).CheckApiPassword("correct horse").Soon());

        await silo.Tenant(id).SetApiPassword("correct horse").Soon();
        await silo.ForgetAll();
        Assert.True(await silo.Tenant(id).CheckApiPassword("correct horse").Soon());
        Assert.True(await silo.Tenant(id).CheckApiPassword("correct horse").Soon());
        Assert.False(await silo.Tenant(id).CheckApiPassword("wrong horse").Soon());
        Assert.Equal(ProblemKind.Invalid, (await silo.Tenant(id).SetApiPassword("short").Soon()).Problem?.Kind);

        await silo.Tenant(id).SetApiPassword(null).Soon();
        Assert.False(await silo.Tenant(id).CheckApiPassword("correct horse").Soon());
    }

    [Fact]
    public async Task An_API_key_works_until_it_is_revoked()
    {
        var id = await silo.NewTenant();
        var made = (await silo.Tenant(id).AddApiKey("robot", Role.Viewer).Soon()).Value!;
        await silo.ForgetAll();

        Assert.Equal(made.Key, await silo.Tenant(id).CheckApiKey(made.Secret).Soon());
        Assert.Null(await silo.Tenant(id).CheckApiKey(made.Secret[..^1] + "x").Soon());
        Assert.Equal(made.Key, Assert.Single(await silo.Tenant(id).ListApiKeys().Soon()));

        Assert.Null((await silo.Tenant(id).RemoveApiKey(made.Key.Id).Soon()).Problem);
        Assert.Null(await silo.Tenant(id).CheckApiKey(made.Secret).Soon());
        Assert.Equal(ProblemKind.NotFound, (await silo.Tenant(id).RemoveApiKey(made.Key.Id).Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task A_removed_tenant_leaves_nothing_even_for_one_made_again_with_its_id()
    {
        var id = await silo.NewTenant();
        var extension = await silo.NewExtension(id, "101");
        await extension.Register(Phones.Register(1, Phones.Contact("101"))).Soon();
        await silo.Grains.GetGrain<IDialPlanGrain>(id.Value).SaveIpFilter(new("192.0.2.0/24", IpFilterAction.Drop, -1)).Soon();
        var gateway = new RecordingGateway();
        await silo.Tenant(id).Subscribe(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway)).Soon();

        Assert.Null((await silo.Tenant(id).Delete(WriteCondition.None).Soon()).Problem);

        Assert.True((await gateway.NextNews()).Removed);
        Assert.Null(await extension.GetCredentials().Soon());
        Assert.Null(await silo.Get<ITenantDirectory>().FindByDomain($"{id}.example", CancellationToken.None));

        Assert.Null((await silo.Tenant(id).Create(new("", [$"{id}.example"])).Soon()).Problem);
        Assert.Null(await extension.GetCredentials().Soon());
        Assert.Null(await extension.Reach().Soon());
        Assert.Empty(await silo.Grains.GetGrain<IDialPlanGrain>(id.Value).ListIpFilters().Soon());
        Assert.Empty((await silo.Get<IExtensionList>().List(id, new(), CancellationToken.None)).Items);
        Assert.Empty((await silo.Get<IRegistrationList>().List(id, new(), CancellationToken.None)).Items);
        Assert.Empty((await silo.Get<ICallHistory>().List(id, new(), new(), CancellationToken.None)).Items);
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task The_default_tenant_cannot_be_removed()
    {
        await silo.Tenant(TenantId.Default).Create(new("", ["default.example"])).Soon();

        Assert.Equal(ProblemKind.Forbidden, (await silo.Tenant(TenantId.Default).Delete(WriteCondition.None).Soon()).Problem?.Kind);
    }
}
