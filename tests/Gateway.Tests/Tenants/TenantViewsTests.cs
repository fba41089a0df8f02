using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Tenants;

/// <summary>The tenants as a gateway knows them.</summary>
public sealed class TenantViewsTests
{
    private static readonly TenantId Id = new("t");
    private readonly FakeClock _clock = new();
    private readonly InMemoryGrains _grains;
    private readonly InMemoryDirectory _directory;
    private readonly TenantViews _views;

    public TenantViewsTests()
    {
        _grains = new InMemoryGrains(_clock);
        _directory = new InMemoryDirectory(_grains);
        _views = new TenantViews(_grains, _directory, _clock, NullLogger<TenantViews>.Instance);
        _views.Use(new SilentObserver());
    }

    [Fact]
    public async Task A_domain_is_looked_up_once()
    {
        Add("example.com");

        Assert.NotNull(await Find("example.com"));
        Assert.NotNull(await Find("EXAMPLE.com"));
        Assert.Equal(1, _directory.Reads);
    }

    [Fact]
    public async Task That_nobody_has_a_domain_is_remembered_for_five_seconds()
    {
        Assert.Null(await Find("nowhere.example"));
        Assert.True(_views.TryFindByDomain("nowhere.example", out _));

        _clock.Advance(TimeSpan.FromSeconds(5.1));

        Assert.False(_views.TryFindByDomain("nowhere.example", out _));
    }

    [Fact]
    public void A_name_longer_than_any_domain_is_neither_looked_up_nor_remembered()
    {
        Assert.True(_views.TryFindByDomain(new string('a', 254), out var view));
        Assert.Null(view);
        Assert.Equal(0, _directory.Reads);
    }

    [Fact]
    public async Task News_replace_settings_and_dial_plan()
    {
        var tenant = Add("example.com");
        await Find("example.com");
        tenant.Tenant = tenant.Tenant with { Enabled = false };
        tenant.Routes.Add(new() { Destination = "x" });

        _views.Take(tenant.News());

        Assert.False(_views.Find(Id)!.Tenant.Enabled);
        Assert.Single(_views.Find(Id)!.DialPlan.Routes);
    }

    [Fact]
    public async Task Older_news_change_nothing()
    {
        var tenant = Add("example.com");
        await Find("example.com");
        var older = tenant.News();
        tenant.Tenant = tenant.Tenant with { Name = "new" };
        _views.Take(tenant.News());

        _views.Take(older);

        Assert.Equal("new", _views.Find(Id)!.Tenant.Name);
    }

    [Fact]
    public async Task A_domain_that_was_taken_away_is_found_no_more()
    {
        var tenant = Add("example.com");
        await Find("example.com");
        tenant.Tenant = tenant.Tenant with { Domains = ["other.example"] };

        _views.Take(tenant.News());

        Assert.False(_views.TryFindByDomain("example.com", out _));
        Assert.Null(await Find("example.com"));
    }

    [Fact]
    public async Task News_of_a_removed_tenant_remove_it()
    {
        Add("example.com");
        await Find("example.com");
        _grains.Remove(Id);

        _views.Take(new TenantNews { Tenant = Id, Removed = true });

        Assert.Null(_views.Find(Id));
        Assert.Null(await Find("example.com"));
    }

    [Fact]
    public async Task Renewing_repairs_lost_news()
    {
        var tenant = Add("example.com");
        await Find("example.com");
        tenant.Tenant = tenant.Tenant with { Name = "new" };
        tenant.News();

        await _views.Renew().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal("new", _views.Find(Id)!.Tenant.Name);
    }

    /// <summary>What is remembered of a phone's last REGISTER holds as long as the view does.</summary>
    [Fact]
    public async Task Renewing_where_nothing_changed_keeps_the_view()
    {
        Add("example.com");
        var view = await Find("example.com");

        await _views.Renew().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Same(view, _views.Find(Id));
    }

    [Fact]
    public async Task A_tenant_made_anew_is_known_though_the_news_of_the_removal_were_lost()
    {
        var former = Add("example.com");
        former.Routes.Add(new() { Destination = "x" });
        await Find("example.com");
        for (var i = 0; i < 3; i++)
            _views.Take(former.News());
        _grains.Remove(Id);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var anew = Add("example.com");
        anew.Tenant = anew.Tenant with { Name = "anew" };

        await _views.Renew().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal("anew", _views.Find(Id)!.Tenant.Name);
        Assert.Empty(_views.Find(Id)!.DialPlan.Routes);
    }

    [Fact]
    public async Task Renewing_that_fails_keeps_what_is_known()
    {
        Add("example.com");
        await Find("example.com");
        _grains.Weather.IsDown = true;

        await _views.Renew().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.NotNull(_views.Find(Id));
    }

    [Fact]
    public async Task Many_who_ask_at_once_subscribe_once()
    {
        var tenant = Add("example.com");
        _grains.Weather.IsSlow = true;
        var asked = Enumerable.Range(0, 20).Select(_ => _views.Load(Id).AsTask()).ToArray();

        for (var i = 0; i < 3; i++)
            _grains.Weather.GoesOn();

        await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(1, tenant.Subscriptions);
    }

    private InMemoryTenant Add(string domain) =>
        _grains.Add(new Tenant(Id, "t", "t", [domain], true, new TenantSettings(), _clock.GetUtcNow()));

    private Task<TenantView?> Find(string domain) => _views.FindByDomain(domain, CancellationToken.None).AsTask();

    private sealed class SilentObserver : IGatewayObserver
    {
        public Task OnNews(TenantNews news) => Task.CompletedTask;

        public Task OnSend(FlowAddress flow, SipBytes message) => Task.CompletedTask;

        public Task OnReceive(FlowAddress flow, SipBytes message) => Task.CompletedTask;

        public Task OnDrain(TimeSpan? within) => Task.CompletedTask;

        public Task OnDrainTakenBack() => Task.CompletedTask;

        public Task OnFindCallsOver(string node, Guid ticket) => Task.CompletedTask;

        public Task OnHangUpCallsOver(string node, string reason) => Task.CompletedTask;

        public Task OnHasCall(SoughtCall call, Guid ticket) => Task.CompletedTask;

        public Task OnFindProgress(Guid call, Guid ticket) => Task.CompletedTask;

        public Task OnFindTrace(TraceQuery query, Guid ticket) => Task.CompletedTask;

        public Task OnHangUp(Guid call, string reason) => Task.CompletedTask;
    }
}
