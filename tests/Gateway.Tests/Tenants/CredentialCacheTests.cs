using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Tenants;

/// <summary>The bounded memory of credentials, and of users that do not exist.</summary>
public sealed class CredentialCacheTests
{
    private static readonly TenantId Tenant = new("t");
    private readonly FakeClock _clock = new();
    private readonly InMemoryGrains _grains;
    private readonly CredentialCache _cache;

    public CredentialCacheTests()
    {
        _grains = new InMemoryGrains(_clock);
        _cache = new CredentialCache(_grains, _clock, capacity: 32);
    }

    [Fact]
    public async Task What_was_read_is_answered_from_memory()
    {
        Add("101");

        Assert.NotNull(await Find("101"));
        Assert.NotNull(await Find("101"));
        Assert.Equal(1, Reads("101"));
    }

    [Fact]
    public async Task That_nobody_has_a_name_is_remembered_too()
    {
        Assert.Null(await Find("666"));

        Assert.True(_cache.TryFind(Key("666"), out var credentials));
        Assert.Null(credentials);
    }

    [Fact]
    public async Task A_name_that_nobody_had_is_looked_up_again_after_half_a_minute()
    {
        await Find("101");
        Add("101");
        _clock.Advance(TimeSpan.FromSeconds(31));

        Assert.NotNull(await Find("101"));
    }

    [Fact]
    public async Task News_that_were_lost_heal_after_five_minutes()
    {
        Add("101");
        await Find("101");
        _clock.Advance(TimeSpan.FromSeconds(301));

        Assert.False(_cache.TryFind(Key("101"), out _));
    }

    [Fact]
    public async Task Who_is_heard_of_before_that_is_read_again_without_anyone_waiting()
    {
        Add("101");
        await Find("101");
        _clock.Advance(TimeSpan.FromSeconds(241));

        Assert.True(_cache.TryFind(Key("101"), out _));
        Assert.Equal(2, Reads("101"));
        _clock.Advance(TimeSpan.FromSeconds(239));

        Assert.True(_cache.TryFind(Key("101"), out _));
        Assert.Equal(2, Reads("101"));
    }

    [Fact]
    public async Task What_cannot_be_read_again_is_tried_with_the_next_request_and_ends_all_the_same()
    {
        Add("101");
        await Find("101");
        _clock.Advance(TimeSpan.FromSeconds(241));
        _grains.Weather.IsDown = true;

        Assert.True(_cache.TryFind(Key("101"), out _));
        Assert.True(_cache.TryFind(Key("101"), out _));
        Assert.Equal(3, Reads("101"));
        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.False(_cache.TryFind(Key("101"), out _));
    }

    [Fact]
    public async Task News_remove_one_extension()
    {
        Add("101");
        Add("102");
        await Find("101");
        await Find("102");

        _cache.Forget(Key("101"));

        Assert.False(_cache.TryFind(Key("101"), out _));
        Assert.True(_cache.TryFind(Key("102"), out _));
    }

    [Fact]
    public async Task The_end_of_a_tenant_removes_its_extensions_only()
    {
        var other = new ExtensionKey(new TenantId("other"), "101");
        await Find("101");
        await _cache.Find(other, CancellationToken.None);

        _cache.Forget(Tenant);

        Assert.False(_cache.TryFind(Key("101"), out _));
        Assert.True(_cache.TryFind(other, out _));
    }

    [Fact]
    public async Task A_flood_of_made_up_names_drives_no_real_one_out()
    {
        Add("101");
        await Find("101");

        for (var i = 0; i < 1_000; i++)
            await Find($"x{i}");

        Assert.True(_cache.TryFind(Key("101"), out var credentials));
        Assert.NotNull(credentials);
    }

    [Fact]
    public async Task It_never_holds_more_than_its_bound()
    {
        for (var i = 0; i < 1_000; i++)
            await Find($"x{i}");

        Assert.InRange(Enumerable.Range(0, 1_000).Count(i => _cache.TryFind(Key($"x{i}"), out _)), 16, 32);
    }

    [Fact]
    public async Task What_was_being_read_when_news_came_is_not_kept()
    {
        Add("101");
        _grains.Weather.IsSlow = true;
        var reading = _cache.Find(Key("101"), CancellationToken.None).AsTask();

        _cache.Forget(Key("101"));
        _grains.Weather.GoesOn();

        await reading.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.False(_cache.TryFind(Key("101"), out _));
    }

    [Fact]
    public async Task A_read_that_failed_is_tried_again()
    {
        Add("101");
        _grains.Weather.IsDown = true;
        await Assert.ThrowsAsync<TimeoutException>(() => Find("101"));
        _grains.Weather.IsDown = false;

        Assert.NotNull(await Find("101"));
        Assert.True(_cache.TryFind(Key("101"), out _));
    }

    private static ExtensionKey Key(string username) => new(Tenant, username);

    private Task<ExtensionCredentials?> Find(string username) => _cache.Find(Key(username), CancellationToken.None).AsTask();

    private int Reads(string username) => _grains.Extension(Tenant, username).CredentialReads;

    private void Add(string username) =>
        _grains.Extension(Tenant, username).Credentials = new(new Extension { Username = username }, [], []);
}
