using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Events;
using TekSipCloud.Testing;

namespace TekSipCloud.Storage.Tests.Events;

public sealed class EventLogTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly StorageFixture _storage = new(azurite);
    private readonly TenantId _tenant = Samples.NewTenant();

    public ValueTask InitializeAsync() => _storage.InitializeAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Lines_are_listed_latest_first_and_paged()
    {
        await Write(250);

        var first = await List(new(Limit: 100));
        var second = await List(new(first.Cursor, 200));

        Assert.Equal("line 249", first.Items[0].Message);
        Assert.Equal("line 149", second.Items[0].Message);
        Assert.Equal(150, second.Items.Length);
        Assert.Null(second.Cursor);
    }

    [Fact]
    public async Task Clearing_leaves_the_lines_of_other_tenants_and_later_ones()
    {
        var other = Samples.NewTenant();
        _storage.Get<IEventLog>().Write(other, EventType.Warning, "stays");
        await Write(3);
        await _storage.Get<IEventLog>().Clear(_tenant, CancellationToken.None);
        _storage.Clock.Advance(TimeSpan.FromSeconds(1));
        await Write(1);

        Assert.Equal("line 0", Assert.Single((await List(new())).Items).Message);
        var others = await _storage.Get<IEventLog>().List(other, new(), CancellationToken.None);
        Assert.Equal(EventType.Warning, Assert.Single(others.Items).Type);
    }

    [Fact]
    public async Task The_installations_own_lines_are_listed_like_a_tenants()
    {
        _storage.Get<IEventLog>().Write(TenantId.System, EventType.Warning, "of no tenant");

        await Stored(1, TenantId.System);

        var lines = await _storage.Get<IEventLog>().List(TenantId.System, new(), CancellationToken.None);
        Assert.Equal("of no tenant", Assert.Single(lines.Items).Message);
    }

    [Fact]
    public void A_full_queue_drops_its_oldest_lines_and_counts_them()
    {
        var log = new EventLog(_storage.Get<StorageTables>(), _storage.Clock);

        for (var i = 0; i < 10_005; i++)
            log.Write(_tenant, EventType.Information, $"line {i}");

        Assert.Equal(5, log.Dropped);
        Assert.True(log.Queue.TryRead(out var oldest));
        Assert.Equal("line 5", oldest.Message);
    }

    private async Task Write(int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            _storage.Get<IEventLog>().Write(_tenant, EventType.Information, $"line {i}");
            _storage.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await Stored(lines);
    }

    // The writer is a background service; its work shows in the list.
    private async Task Stored(int lines, TenantId? tenant = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await _storage.Get<IEventLog>().List(tenant ?? _tenant, new(Limit: 1000), deadline.Token)).Items.Length < lines)
            await Task.Yield();
    }

    private Task<Contracts.Page<EventEntry>> List(Contracts.PageRequest page) =>
        _storage.Get<IEventLog>().List(_tenant, page, CancellationToken.None);
}
