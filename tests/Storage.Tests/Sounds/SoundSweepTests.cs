using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Sounds;
using TekSipCloud.Storage.Tenants;
using TekSipCloud.Testing;

namespace TekSipCloud.Storage.Tests.Sounds;

/// <summary>Changes of sounds whose process died between audio and tenant, or between tenant and what it named before.</summary>
public sealed class SoundSweepTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private readonly SoundStore _store = storage.Get<SoundStore>();
    private readonly SoundSweep _sweep = storage.Get<SoundSweep>();
    private readonly TenantId _tenant = Samples.NewTenant();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audio_that_no_tenant_came_to_name_is_removed_and_what_it_names_stays()
    {
        var named = await Upload();
        await Name(named);
        var orphan = await Upload();

        await Later();

        Assert.Equal([named], await Left());
        Assert.False(await IsNoted());
        Assert.NotEqual(named, orphan);
    }

    [Fact]
    public async Task Audio_that_another_took_the_place_of_is_removed()
    {
        await Name(await Upload());
        var next = await Upload();
        await Name(next);

        await Later();

        Assert.Equal([next], await Left());
    }

    [Fact]
    public async Task Audio_of_a_tenant_that_was_removed_meanwhile_is_removed()
    {
        await Upload();

        await Later();

        Assert.Empty(await Left());
    }

    [Fact]
    public async Task A_change_that_may_be_under_way_is_left_alone()
    {
        await Upload();
        storage.Clock.Advance(SoundSweep.LongestChange - TimeSpan.FromMinutes(1));

        await _sweep.Sweep(Cancel);

        Assert.Single(await Left());
        Assert.True(await IsNoted());
    }

    [Fact]
    public async Task A_change_that_came_to_its_end_is_not_looked_for()
    {
        var note = await storage.Get<ISoundNotes>().Begin(_tenant, Cancel);
        var kept = await Keep();
        await storage.Get<ISoundNotes>().End(note, Cancel);

        await Later();

        Assert.Equal([kept], await Left());
    }

    [Fact]
    public async Task A_change_that_cannot_be_ended_keeps_no_other_from_it()
    {
        var broken = Samples.NewTenant();
        var transaction = new ConfigTransaction(broken.Value);
        transaction.Put<string>(ConfigKeys.Tenant, "no tenant", null);
        await storage.Get<ConfigRows>().Commit(transaction);
        await storage.Get<ISoundNotes>().Begin(broken, Cancel);
        storage.Clock.Advance(TimeSpan.FromSeconds(1));
        await Upload();

        await Later();

        Assert.Empty(await Left());
        Assert.False(await IsNoted());
        Assert.True(await IsNoted(broken));
    }

    [Fact]
    public async Task Without_a_blob_service_a_change_waits_and_nobody_is_warned_of_it()
    {
        await Upload();
        storage.Clock.Advance(SoundSweep.LongestChange + TimeSpan.FromSeconds(1));
        var options = new StorageOptions { ConnectionString = $"AccountName={AzuriteFixture.AccountName};AccountKey={AzuriteFixture.AccountKey};TableEndpoint=http://127.0.0.1:1/x" };
        var log = new Warnings();
        var sweep = new SoundSweep(
            storage.Get<SoundNotes>(), new SoundStore(new StorageBlobs(Options.Create(options), storage.Clock)), storage.Get<ConfigRows>(), storage.Clock, log);

        await sweep.Sweep(Cancel);

        Assert.Equal(0, log.Count);
        Assert.True(await IsNoted());
        await _sweep.Sweep(Cancel);
        Assert.False(await IsNoted());
    }

    /// <summary>As far as a process gets that dies before the tenant names it.</summary>
    private async Task<Guid> Upload()
    {
        await storage.Get<ISoundNotes>().Begin(_tenant, Cancel);
        return await Keep();
    }

    private async Task<Guid> Keep()
    {
        var id = Guid.CreateVersion7(storage.Clock.GetUtcNow());
        await _store.Keep(_tenant, id, new byte[100], Cancel);
        return id;
    }

    private async Task Name(Guid id)
    {
        var now = storage.Clock.GetUtcNow();
        var tenant = new Tenant(_tenant, "", "", [], false, new(), now)
        {
            Sounds = [new(SoundKind.MusicOnHold, id, "", TimeSpan.FromSeconds(1), 100, now)],
        };
        var rows = storage.Get<ConfigRows>();
        var transaction = new ConfigTransaction(_tenant.Value);
        transaction.Put(ConfigKeys.Tenant, new TenantDocument(tenant, 1), await rows.Find<TenantDocument>(_tenant.Value, ConfigKeys.Tenant, Cancel));
        await rows.Commit(transaction);
    }

    private Task Later()
    {
        storage.Clock.Advance(SoundSweep.LongestChange + TimeSpan.FromSeconds(1));
        return _sweep.Sweep(Cancel);
    }

    private async Task<List<Guid>> Left() => await _store.List(_tenant, Cancel).ToListAsync(Cancel);

    private ValueTask<bool> IsNoted(TenantId? tenant = null) =>
        storage.Get<SoundNotes>().ListOlder(storage.Clock.GetUtcNow().AddDays(1), Cancel).AnyAsync(note => note.Tenant == (tenant ?? _tenant), Cancel);

    private sealed class Warnings : ILogger<SoundSweep>
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;
    }
}
