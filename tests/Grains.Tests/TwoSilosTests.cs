using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Tests.Registrations;
using TekSipCloud.Testing;

namespace TekSipCloud.Grains.Tests;

/// <summary>What must hold whichever silo a grain lives on.</summary>
public sealed class TwoSilosTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly TenantId Acme = new("acme");

    private readonly SiloHosts _hosts = new(azurite);

    public async ValueTask InitializeAsync()
    {
        await _hosts.Start("a");
        await _hosts.Start("b");
        Assert.Null((await _hosts.Grains("a").GetGrain<ITenantGrain>(Acme.Value).Create(new("", ["acme.example"])).Soon()).Problem);
    }

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Fact]
    public async Task What_is_written_through_one_silo_is_read_through_the_other()
    {
        for (var i = 0; i < 20; i++)
        {
            var username = $"{100 + i}";
            var wish = new Extension { Username = username };
            Assert.Null((await Extension("a", username).Save(wish, "pw", WriteCondition.Create).Soon()).Problem);
            await Extension("b", username).Register(Phones.Register(1, Phones.Contact(username))).Soon();

            Assert.Single((await Extension("a", username).Reach().Soon())!.Bindings);
            Assert.Equal(ProblemKind.Conflict, (await Extension("b", username).Save(wish, "pw", WriteCondition.Create).Soon()).Problem?.Kind);
        }
    }

    [Fact]
    public async Task A_gateway_hears_news_and_orders_from_the_other_silo()
    {
        var gateway = new RecordingGateway();
        var reference = _hosts.Grains("a").CreateObjectReference<IGatewayObserver>(gateway);
        await _hosts.Grains("a").GetGrain<IGatewayGrain>("a").Attach(reference, "01").Soon();
        await _hosts.Grains("a").GetGrain<ITenantGrain>(Acme.Value).Subscribe(reference).Soon();

        await Extension("b", "101").Save(new() { Username = "101" }, "pw", WriteCondition.None).Soon();
        Assert.Equal("101", (await gateway.NextNews()).Extension);

        Assert.Null((await _hosts.Grains("b").GetGrain<IGatewayGrain>("a").Send(Phones.Flow("a"), new([1, 2, 3])).Soon()).Problem);
        Assert.Equal("send 3", await gateway.NextOrder());
        Assert.Equal(
            ProblemKind.NotFound, (await _hosts.Grains("b").GetGrain<IGatewayGrain>("c").HangUp(Guid.NewGuid(), "").Soon()).Problem?.Kind);
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task A_gateway_is_drained_and_tells_how_it_fares_across_silos()
    {
        var gateway = new RecordingGateway();
        var reference = _hosts.Grains("a").CreateObjectReference<IGatewayObserver>(gateway);
        var own = _hosts.Grains("a").GetGrain<IGatewayGrain>("drained");
        var other = _hosts.Grains("b").GetGrain<IGatewayGrain>("drained");
        Assert.Equal(ProblemKind.NotFound, (await other.Drain(null).Soon()).Problem?.Kind);
        Assert.Null(await other.GetState().Soon());
        await own.Attach(reference, "02").Soon();
        var state = new GatewayState(GatewayPhase.Draining, 3, DateTimeOffset.UnixEpoch, true, 0.5, TimeSpan.FromMilliseconds(7), new(2, 9, 1, TimeSpan.FromSeconds(3)));

        Assert.Null((await other.Drain(TimeSpan.FromSeconds(5)).Soon()).Problem);
        Assert.Equal("drain 00:00:05", await gateway.NextOrder());
        Assert.Null((await other.TakeBackDrain().Soon()).Problem);
        Assert.Equal("drain taken back", await gateway.NextOrder());
        await own.Report("01", state with { Calls = 99 }).Soon();
        Assert.Null(await other.GetState().Soon());
        await own.Report("02", state).Soon();
        Assert.Equal(state, await other.GetState().Soon());
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task Grains_of_a_stopped_silo_come_back_on_the_other_with_what_was_stored()
    {
        for (var i = 0; i < 20; i++)
            await Extension("a", $"{300 + i}").Save(new() { Username = $"{300 + i}" }, "pw", WriteCondition.Create).Soon();

        await _hosts.Stop("b");

        for (var i = 0; i < 20; i++)
            Assert.NotNull(await Extension("a", $"{300 + i}").GetCredentials().Soon());
    }

    private IExtensionGrain Extension(string node, string username) =>
        _hosts.Grains(node).GetGrain<IExtensionGrain>(new ExtensionKey(Acme, username).ToString());
}
