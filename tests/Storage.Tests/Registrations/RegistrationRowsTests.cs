using System.Collections.Immutable;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Registrations;

namespace TekSipCloud.Storage.Tests.Registrations;

public sealed class RegistrationRowsTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private readonly RegistrationRows _rows = storage.Get<RegistrationRows>();
    private readonly IRegistrationList _list = storage.Get<IRegistrationList>();
    private readonly TenantId _tenant = Samples.NewTenant();

    private DateTimeOffset Now => storage.Clock.GetUtcNow();

    [Fact]
    public async Task Bindings_are_read_as_they_were_written()
    {
        ImmutableArray<StoredBinding> written = [Samples.Binding("101", Now), Samples.Binding("102", Now)];
        await _rows.Write(_tenant, "o'brien ü", written);

        var read = await _rows.Read(_tenant, "o'brien ü", CancellationToken.None);

        Assert.Equal(written.Select(stored => stored.Binding.Contact), read.Select(stored => stored.Binding.Contact));
        Assert.Equal(written[0].Binding.Flow, read[0].Binding.Flow);
        Assert.Equal(written[0].Slack, read[0].Slack);
    }

    [Fact]
    public async Task An_AOR_without_bindings_has_no_row()
    {
        await _rows.Write(_tenant, "101", [Samples.Binding("101", Now)]);
        await _rows.Write(_tenant, "101", []);

        Assert.Empty(await _rows.Read(_tenant, "101", CancellationToken.None));
    }

    [Fact]
    public async Task A_hundred_devices_with_long_Contacts_fit()
    {
        var bindings = Enumerable.Range(0, 100).Select(i => Samples.Binding($"{i}{new string('x', 2000)}", Now)).ToImmutableArray();
        await _rows.Write(_tenant, "101", bindings);

        Assert.Equal(100, (await _rows.Read(_tenant, "101", CancellationToken.None)).Length);
    }

    [Fact]
    public async Task Expired_bindings_are_not_listed_but_a_dead_gateways_count_for_one_lifetime_more()
    {
        var live = Samples.Flow("live-1", "07");
        Assert.True(await storage.Get<INodeLeases>().Renew(new("live-1", "07"), TimeSpan.FromHours(1), CancellationToken.None));
        storage.Clock.Advance(TimeSpan.FromSeconds(5));
        await _rows.Write(_tenant, "live", [Samples.Binding("live", Now.AddMinutes(-1), live)]);
        await _rows.Write(_tenant, "dead", [Samples.Binding("dead", Now.AddMinutes(-1))]);
        await _rows.Write(_tenant, "forgetful", [Samples.Binding("forgetful", Now.AddMinutes(5), outlivesGateway: false)]);
        await _rows.Write(_tenant, "over", [Samples.Binding("over", Now.AddHours(-1))]);

        var page = await _list.List(_tenant, new(), CancellationToken.None);

        Assert.Equal(["dead"], page.Items.Select(aor => aor.Username));
    }

    [Fact]
    public async Task AORs_are_paged_and_searched_by_username()
    {
        for (var i = 100; i < 130; i++)
            await _rows.Write(_tenant, $"{i}", [Samples.Binding($"{i}", Now.AddHours(1))]);

        var first = await _list.List(_tenant, new(Limit: 20), CancellationToken.None);
        var second = await _list.List(_tenant, new(first.Cursor, 20), CancellationToken.None);
        var searched = await _list.List(_tenant, new(Prefix: "11"), CancellationToken.None);

        Assert.Equal((20, 10, 10), (first.Items.Length, second.Items.Length, searched.Items.Length));
        Assert.Equal("120", second.Items[0].Username);
        Assert.Null(second.Cursor);
    }

    [Fact]
    public async Task A_node_finds_the_bindings_it_holds_in_every_tenant()
    {
        var node = $"node-{_tenant}";
        var other = Samples.NewTenant();
        var mine = Samples.Binding("mine", Now.AddHours(1), Samples.Flow(node));
        await _rows.Write(_tenant, "101", [mine, Samples.Binding("elsewhere", Now.AddHours(1))]);
        await _rows.Write(other, "101", [mine]);
        await _rows.Write(other, "102", [Samples.Binding("over", Now.AddHours(-1), Samples.Flow(node))]);

        var found = new List<RegisteredAor>();
        await foreach (var aor in _list.ListByNode(node, CancellationToken.None))
            found.Add(aor);

        Assert.Equal([_tenant, other], found.Select(aor => aor.Tenant).OrderBy(tenant => tenant.Value));
        Assert.All(found, aor => Assert.Equal(mine.Binding.Contact, Assert.Single(aor.Bindings).Contact));
    }

    [Fact]
    public async Task A_node_that_starts_again_is_told_the_stored_end_not_the_granted_one()
    {
        var node = $"again-{_tenant}";
        await _rows.Write(_tenant, "101", [Samples.Binding("101", Now.AddMinutes(1), Samples.Flow(node))]);

        await foreach (var aor in _list.ListByNode(node, CancellationToken.None))
            Assert.Equal(Now.AddMinutes(11), Assert.Single(aor.Bindings).Expires);
    }
}
