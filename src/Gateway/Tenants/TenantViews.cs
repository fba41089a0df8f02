using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tenants;

/// <summary>
/// The tenants this gateway has met. A domain is looked up in storage once, also when nobody has it; from then on news keep the
/// view fresh, and a subscription is renewed each minute, which also repairs lost news.
/// </summary>
internal sealed partial class TenantViews(
    IGrainFactory grains, ITenantDirectory directory, TimeProvider clock, ILogger<TenantViews> logger)
{
    /// <summary>How long a domain that nobody has stays unknown without a new look: a new tenant's domain works after that.</summary>
    private static readonly TimeSpan NegativeLifetime = TimeSpan.FromSeconds(5);

    /// <summary>The most domains remembered; beyond, the unknown ones are forgotten, since anyone can make them up.</summary>
    private const int MaxDomains = 100_000;

    /// <summary>RFC 1035 §2.3.4: the longest host name as text.</summary>
    private const int MaxDomainLength = 253;

    private readonly ConcurrentDictionary<string, DomainEntry> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<TenantId, TenantView> _tenants = new();
    private readonly ConcurrentDictionary<TenantId, Task<TenantView?>> _loading = new();
    private IGatewayObserver? _observer;

    /// <summary>Every tenant met so far.</summary>
    public IEnumerable<TenantView> All => _tenants.Values;

    /// <summary>Whether any tenant met so far had IP filters.</summary>
    public bool HaveIpFilters { get; private set; }

    /// <summary>Says which reference grains shall send news to. Before any look-up.</summary>
    public void Use(IGatewayObserver observer) => _observer = observer;

    /// <summary>The tenant in memory; null when it was not met yet.</summary>
    public TenantView? Find(TenantId tenant) => _tenants.GetValueOrDefault(tenant);

    /// <summary>Answers from memory: true with the tenant, true with null when nobody has the domain, false when storage must be asked.</summary>
    public bool TryFindByDomain(ReadOnlySpan<char> domain, out TenantView? view)
    {
        view = null;
        // What no tenant can have is not worth remembering either.
        if (domain.Length > MaxDomainLength)
            return true;
        if (!_domains.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(domain, out var entry))
            return false;

        if (entry.Tenant is null)
            return clock.GetElapsedTime(entry.Looked) < NegativeLifetime;

        return _tenants.TryGetValue(entry.Tenant.Value, out view) && view.HasDomain(domain);
    }

    /// <summary>The same for the bytes of a URI; what is no ASCII is nobody's.</summary>
    public bool TryFindByDomain(ReadOnlySpan<byte> domain, out TenantView? view)
    {
        view = null;
        Span<char> text = stackalloc char[MaxDomainLength];
        var isName = domain.Length <= MaxDomainLength && Ascii.ToUtf16(domain, text, out _) == OperationStatus.Done;
        return !isName || TryFindByDomain(text[..domain.Length], out view);
    }

    /// <summary>The tenant that has the domain; null for none.</summary>
    public async ValueTask<TenantView?> FindByDomain(string domain, CancellationToken cancel)
    {
        if (TryFindByDomain(domain, out var view))
            return view;

        var tenant = await directory.FindByDomain(domain, cancel);
        if (_domains.Count >= MaxDomains)
            ForgetUnknown();

        _domains[domain] = new(tenant, clock.GetTimestamp());
        return tenant is null ? null : await Load(tenant.Value);
    }

    /// <summary>The tenant, subscribed to; null when there is none.</summary>
    public async ValueTask<TenantView?> Load(TenantId tenant)
    {
        if (_tenants.TryGetValue(tenant, out var view))
            return view;

        var loading = _loading.GetOrAdd(tenant, Subscribe);
        try
        {
            return await loading;
        }
        finally
        {
            _loading.TryRemove(new(tenant, loading));
        }
    }

    /// <summary>Takes over what a grain tells.</summary>
    public void Take(TenantNews news)
    {
        if (news.Removed)
        {
            _tenants.TryRemove(news.Tenant, out _);
            return;
        }

        if (!_tenants.TryGetValue(news.Tenant, out var view))
            return;

        if (news.Snapshot is { } snapshot)
            Replace(view, view.With(snapshot));
        if (news.DialPlan is { } dialPlan)
        {
            NoteFilters(dialPlan);
            Replace(view, view.With(dialPlan));
        }
    }

    /// <summary>Renews every subscription and takes over what news may have been missed.</summary>
    public async Task Renew()
    {
        foreach (var tenant in _tenants.Keys)
        {
            try
            {
                if (await Subscribe(tenant) is null)
                    _tenants.TryRemove(tenant, out _);
            }
            catch (Exception e)
            {
                LogNotRenewed(tenant, e);
            }
        }
    }

    private async Task<TenantView?> Subscribe(TenantId tenant)
    {
        var observer = _observer ?? throw new InvalidOperationException("The gateway is not attached yet.");
        var snapshot = await grains.GetGrain<ITenantGrain>(tenant.Value).Subscribe(observer);
        if (!snapshot.IsSuccess)
            return null;

        var dialPlan = await grains.GetGrain<IDialPlanGrain>(tenant.Value).GetSnapshot();
        NoteFilters(dialPlan);
        return _tenants.AddOrUpdate(
            tenant, _ => new(snapshot.Value, dialPlan), (_, view) => view.With(snapshot.Value).With(dialPlan));
    }

    private void NoteFilters(DialPlanSnapshot dialPlan) => HaveIpFilters |= !dialPlan.IpFilters.IsDefaultOrEmpty;

    private void Replace(TenantView old, TenantView view)
    {
        // Two pieces of news may race: the loser applies itself to what the winner left.
        while (!_tenants.TryUpdate(old.Id, view, old))
        {
            if (!_tenants.TryGetValue(old.Id, out old!))
                return;

            view = old.With(view.Snapshot).With(view.DialPlan);
        }
    }

    private void ForgetUnknown()
    {
        foreach (var (domain, entry) in _domains)
        {
            if (entry.Tenant is null)
                _domains.TryRemove(domain, out _);
        }
    }

    private readonly record struct DomainEntry(TenantId? Tenant, long Looked);

    [LoggerMessage(4010, LogLevel.Warning, "The subscription to tenant {Tenant} could not be renewed")]
    private partial void LogNotRenewed(TenantId tenant, Exception exception);
}
