using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Extensions;
using TekSipCloud.Grains.Tests.Registrations;

namespace TekSipCloud.Grains.Tests.Extensions;

public sealed class ExtensionGrainTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Credentials_and_settings_outlive_the_activation()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "o'brien");
        await silo.ForgetAll();

        var credentials = await extension.GetCredentials().Soon();

        var (md5, sha256) = ExtensionRules.ComputeHa1("o'brien", $"{tenant}.example", "secret-o'brien");
        Assert.Equal(md5, Convert.ToHexStringLower(credentials!.Ha1Md5.AsSpan()));
        Assert.Equal(sha256, Convert.ToHexStringLower(credentials.Ha1Sha256.AsSpan()));
        Assert.DoesNotContain(md5, credentials.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_password_keeps_the_stored_one()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "101");
        var before = await extension.GetCredentials().Soon();

        await extension.Save(new() { Username = "101", DisplayName = "Reception" }, "", WriteCondition.None).Soon();
        var after = await extension.GetCredentials().Soon();

        Assert.Equal("Reception", after!.Extension.DisplayName);
        Assert.Equal(before!.Ha1Md5.AsSpan(), after.Ha1Md5.AsSpan());
    }

    [Fact]
    public async Task The_same_number_in_two_tenants_is_two_extensions()
    {
        var first = await silo.NewTenant();
        var second = await silo.NewTenant();
        await silo.NewExtension(first, "101");

        Assert.Null(await silo.Extension(second, "101").GetCredentials().Soon());
    }

    [Fact]
    public async Task Writes_are_guarded_by_their_condition()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "101");
        var wish = new Extension { Username = "101" };
        var stamp = (await extension.Get().Soon()).Value!.ETag;

        Assert.Equal(ProblemKind.Conflict, (await extension.Save(wish, "pw", WriteCondition.Create).Soon()).Problem?.Kind);
        Assert.Null((await extension.Save(wish, null, WriteCondition.IfMatch(stamp)).Soon()).Problem);
        Assert.Equal(ProblemKind.Changed, (await extension.Save(wish, null, WriteCondition.IfMatch(stamp)).Soon()).Problem?.Kind);
        Assert.Equal(ProblemKind.Changed, (await extension.Delete(WriteCondition.IfMatch(stamp)).Soon()).Problem?.Kind);
        Assert.Equal(
            ProblemKind.NotFound,
            (await silo.Extension(tenant, "102").Save(new() { Username = "102" }, "pw", WriteCondition.IfMatch(stamp)).Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task An_extension_of_no_tenant_cannot_be_made()
    {
        var orphan = silo.Extension(new TenantId("nobody"), "101");

        Assert.Equal(ProblemKind.NotFound, (await orphan.Save(new() { Username = "101" }, "pw", WriteCondition.None).Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task What_a_list_shows_is_what_the_grain_has()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "101");

        var listed = Assert.Single((await silo.Get<IExtensionList>().List(tenant, new(), CancellationToken.None)).Items);

        Assert.Equal((await extension.Get().Soon()).Value, listed);
    }

    [Fact]
    public async Task A_registration_is_durable_when_it_is_answered()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "101");
        var answered = await extension.Register(Phones.Register(1, Phones.Contact("101"))).Soon();
        Assert.Single(answered.Value!.Bindings);

        await silo.ForgetAll();

        Assert.Equal("sip:101@192.0.2.1", Assert.Single((await extension.Reach().Soon())!.Bindings).Contact);
        var listed = Assert.Single((await silo.Get<IRegistrationList>().List(tenant, new(), CancellationToken.None)).Items);
        Assert.Equal(answered.Value.Bindings[0].Expires, Assert.Single(listed.Bindings).Expires);
    }

    [Fact]
    public async Task A_device_that_does_not_answer_is_listed_and_not_called()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "101");
        await extension.Register(Phones.Register(1, Phones.Contact("101"))).Soon();

        await extension.NoteReachability("sip:101@192.0.2.1", isUnreachable: true).Soon();

        Assert.Empty((await extension.Reach().Soon())!.Bindings);
        var listed = Assert.Single((await silo.Get<IRegistrationList>().List(tenant, new(), CancellationToken.None)).Items);
        Assert.True(Assert.Single(listed.Bindings).IsUnreachable);
    }

    [Fact]
    public async Task Registrations_outlive_a_restart_of_the_silo_when_the_tenant_wants_it()
    {
        var keeps = await silo.NewTenant();
        var forgets = await silo.NewTenant(new TenantSettings { SaveRegistrations = false });
        foreach (var tenant in new[] { keeps, forgets })
            await (await silo.NewExtension(tenant, "101")).Register(Phones.Register(1, Phones.Contact("101"))).Soon();

        await silo.Restart();

        Assert.Single((await silo.Extension(keeps, "101").GetBindings().Soon()).Bindings);
        Assert.Empty((await silo.Extension(forgets, "101").GetBindings().Soon()).Bindings);
    }

    [Fact]
    public async Task The_limit_of_devices_is_the_tenants()
    {
        var tenant = await silo.NewTenant(new TenantSettings { MaxBindings = 1 });
        var extension = await silo.NewExtension(tenant, "101");
        await extension.Register(Phones.Register(1, Phones.Contact("a"))).Soon();

        var refused = await extension.Register(Phones.Register(2, Phones.Contact("b"))).Soon();
        Assert.Equal(ProblemKind.OverLimit, refused.Problem?.Kind);

        await silo.Tenant(tenant).Change(new(Settings: new() { MaxBindings = 2 }), WriteCondition.None).Soon();
        Assert.Null((await extension.Register(Phones.Register(3, Phones.Contact("b"))).Soon()).Problem);
    }

    [Fact]
    public async Task A_removed_extension_has_no_bindings_and_the_gateways_know()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "101");
        await extension.Register(Phones.Register(1, Phones.Contact("101"))).Soon();
        var gateway = new RecordingGateway();
        await silo.Tenant(tenant).Subscribe(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway)).Soon();

        Assert.Null((await extension.Delete(WriteCondition.None).Soon()).Problem);

        Assert.Equal("101", (await gateway.NextNews()).Extension);
        Assert.Equal(ProblemKind.NotFound, (await extension.Register(Phones.Register(2, Phones.Contact("101"))).Soon()).Problem?.Kind);
        Assert.Empty((await silo.Get<IRegistrationList>().List(tenant, new(), CancellationToken.None)).Items);
        await silo.NewExtension(tenant, "101");
        Assert.Empty((await extension.GetBindings().Soon()).Bindings);
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task Clearing_a_registration_tells_the_gateways()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "101");
        await extension.Register(Phones.Register(1, Phones.Contact("a"), Phones.Contact("b"))).Soon();
        var gateway = new RecordingGateway();
        await silo.Tenant(tenant).Subscribe(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway)).Soon();

        Assert.Null((await extension.ClearBindings("sip:a@192.0.2.1").Soon()).Problem);

        Assert.Equal("101", (await gateway.NextNews()).BindingsCleared);
        Assert.Equal("sip:b@192.0.2.1", Assert.Single((await extension.GetBindings().Soon()).Bindings).Contact);
        Assert.Equal(ProblemKind.NotFound, (await extension.ClearBindings("sip:a@192.0.2.1").Soon()).Problem?.Kind);
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task A_reported_refresh_and_a_closed_connection_are_durable()
    {
        var tenant = await silo.NewTenant();
        var extension = await silo.NewExtension(tenant, "101");
        var tcp = Phones.Flow(connection: 3);
        await extension.Register(Phones.Register("1", 1, Phones.Contact("tcp")) with { Flow = tcp }).Soon();
        var udp = (await extension.Register(Phones.Register("2", 1, Phones.Contact("udp"))).Soon()).Value!.Bindings
            .Single(binding => binding.CallId == "2");

        await extension.Refresh(new([new(udp.Contact, udp.Expires.AddMinutes(5), "2", 2, TimeSpan.FromMinutes(5))], udp.Flow.Id.Incarnation)).Soon();
        await extension.Disconnect(tcp.Id).Soon();
        await silo.Restart();

        var left = Assert.Single((await silo.Extension(tenant, "101").GetBindings().Soon()).Bindings);
        Assert.Equal(("sip:udp@192.0.2.1", 2u), (left.Contact, left.CSeq));
    }

    [Fact]
    public async Task Registrations_of_many_extensions_at_once_are_all_durable()
    {
        var tenant = await silo.NewTenant();
        var usernames = Enumerable.Range(200, 100).Select(i => $"{i}").ToList();
        await Task.WhenAll(usernames.Select(username => silo.NewExtension(tenant, username))).Soon();

        await Task.WhenAll(usernames.Select(username =>
            silo.Extension(tenant, username).Register(Phones.Register(1, Phones.Contact(username))))).Soon();

        var listed = await silo.Get<IRegistrationList>().List(tenant, new(Limit: 1000), CancellationToken.None);
        Assert.Equal(usernames, listed.Items.Select(aor => aor.Username));
    }

    [Fact]
    public async Task Whatever_is_dialled_is_answered_without_a_fault()
    {
        var tenant = await silo.NewTenant();

        Assert.Null(await silo.Extension(tenant, new string('9', 5000)).Reach().Soon());
        Assert.Null(await silo.Extension(tenant, "a b/c?\u0001").GetCredentials().Soon());
    }
}
