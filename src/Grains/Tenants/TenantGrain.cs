using Microsoft.Extensions.Logging;
using Orleans.Utilities;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Grains.Tenants;

/// <summary>One tenant: domains, realm, settings, API credentials and the gateways that want its news.</summary>
[GrainType("tenant")]
internal sealed partial class TenantGrain(
    ConfigRows config,
    DomainClaims domains,
    TenantDirectory directory,
    TenantRemoval removal,
    IEventLog events,
    TimeProvider clock,
    ILogger<TenantGrain> logger) : Grain, ITenantGrain
{
    private readonly ObserverManager<IGatewayObserver> _gateways = new(GatewayObserver.SubscriptionLifetime, logger);
    private ConfigRow<TenantDocument>? _row;

    private TenantId Id => new(this.GetPrimaryKeyString());

    // A tenant that is being removed exists for nobody but the removal.
    private ConfigRow<TenantDocument>? Present => _row is { Value.IsLeaving: false } ? _row : null;

    private Problem NoSuchTenant => Problem.NotFound($"There is no tenant {Id}.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _row = await config.Find<TenantDocument>(Id.Value, ConfigKeys.Tenant, cancellationToken);
        if (Present is null)
            return;

        await LoadApiKeys(cancellationToken);
        foreach (var domain in Present.Value.ReleasedDomains)
            await domains.Release(Id, domain);
    }

    public async Task<Result<Versioned<Tenant>>> Create(NewTenant tenant)
    {
        if (Present is not null)
            return Problem.Conflict($"The tenant {Id} exists already.");

        var document = TenantRules.Create(Id, tenant, clock.GetUtcNow());
        if (TenantRules.Validate(document.Tenant) is { } invalid)
            return invalid;

        // A removal that was interrupted is finished first, or its remains would belong to the new tenant.
        if (_row is not null && await Remove() is { } left)
            return left;

        if (await ClaimAll(document.Tenant, []) is { } taken)
            return taken;

        await directory.Add(Id);
        await Store(document, "created");
        events.Write(Id, EventType.Information, $"Tenant {Id} was created.");
        return Current();
    }

    public Task<Result<Versioned<Tenant>>> Get() => Task.FromResult(Current());

    public async Task<Result<Versioned<Tenant>>> Change(TenantChange change, WriteCondition condition)
    {
        if (Present is not { } row)
            return NoSuchTenant;

        if (condition.Refuse(row.Stamp, $"The tenant {Id}") is { } refusal)
            return refusal;

        var document = TenantRules.Change(row.Value, change);
        if (TenantRules.Validate(document.Tenant) is { } invalid)
            return invalid;

        if (await ClaimAll(document.Tenant, row.Value.Tenant.Domains) is { } taken)
            return taken;

        await Store(document, "changed");
        foreach (var domain in document.ReleasedDomains)
            await domains.Release(Id, domain);

        await Publish(new() { Tenant = Id, Snapshot = Snapshot() });
        return Current();
    }

    public async Task<Result> Delete(WriteCondition condition)
    {
        if (_row is null || (Present is null && condition.ETag is not null))
            return NoSuchTenant;

        if (Id == TenantId.Default)
            return new Problem(ProblemKind.Forbidden, "The default tenant stays.");

        if (Present is not null && condition.Refuse(_row.Stamp, $"The tenant {Id}") is { } refusal)
            return refusal;

        return await Remove() is { } obstacle ? obstacle : Result.Done;
    }

    public Task<Result<TenantSnapshot>> Subscribe(IGatewayObserver gateway)
    {
        if (Present is null)
            return Task.FromResult<Result<TenantSnapshot>>(NoSuchTenant);

        _gateways.Subscribe(gateway, gateway);
        return Task.FromResult<Result<TenantSnapshot>>(Snapshot());
    }

    public Task Publish(TenantNews news) => _gateways.Notify(gateway => gateway.OnNews(news));

    private Result<Versioned<Tenant>> Current() =>
        Present is { } row ? new Versioned<Tenant>(row.Value.Tenant, row.Stamp) : NoSuchTenant;

    private TenantSnapshot Snapshot() => new(_row!.Value.Tenant, _row.Value.Version);

    // Claims come before the row that lists them: what a crash leaves behind is a claim of a tenant that does not use
    // it.
    private async Task<Problem?> ClaimAll(Tenant tenant, IEnumerable<string> held)
    {
        var claimed = new List<string>();
        foreach (var domain in tenant.Domains.Except(held))
        {
            if (await domains.TryClaim(Id, domain))
            {
                claimed.Add(domain);
                continue;
            }

            foreach (var earlier in claimed)
                await domains.Release(Id, earlier);

            return Problem.Conflict($"The domain {domain} belongs to another tenant.");
        }

        return null;
    }

    private async Task<Problem?> Remove()
    {
        if (await removal.FindObstacle(_row!.Value) is { } obstacle)
            return obstacle;

        if (Present is not null)
            await Store(_row!.Value with { IsLeaving = true }, "removed");

        await Publish(new() { Tenant = Id, Removed = true });
        await removal.Remove(_row!);
        _row = null;
        ForgetApiAccess();
        return null;
    }

    private async Task Store(TenantDocument document, string action)
    {
        var transaction = new ConfigTransaction(Id.Value);
        var row = transaction.Put(ConfigKeys.Tenant, document, _row);
        transaction.Audit(clock.GetUtcNow(), action, ConfigKeys.Tenant);
        await config.Commit(transaction);
        _row = row;
    }
}
