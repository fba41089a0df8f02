using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Grains.Security;

/// <summary>The blocked addresses of a tenant.</summary>
[GrainType("quarantine")]
internal sealed class QuarantineGrain(ConfigRows config, TimeProvider clock) : Grain, IQuarantineGrain
{
    private QuarantineState _state = QuarantineState.Empty;
    private bool _hasTenant;

    private string Tenant => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public Task<ImmutableArray<QuarantineEntry>> List() => Task.FromResult(_state.Entries());

    public async Task<Result> Add(string address, string userAgent)
    {
        if (QuarantineState.Normalize(address) is not { } normal)
            return Problem.Invalid("Address", "Address is an IPv4 or IPv6 address.");

        if (!_hasTenant)
            await Load(CancellationToken.None);

        if (!_hasTenant)
            return Problem.NotFound($"There is no tenant {Tenant}.");

        var transaction = new ConfigTransaction(Tenant);
        var entry = new QuarantineEntry(normal, QuarantineState.Shorten(userAgent), clock.GetUtcNow());
        var row = transaction.Put(ConfigKeys.Of(ConfigKeys.Quarantine, normal), entry, _state.Find(normal));
        var surplus = _state.Find(normal) is null ? _state.OldestBeyondLimit() : null;
        if (surplus is not null)
            transaction.Delete(surplus);

        await config.Commit(transaction);
        _state = surplus is null ? _state.With(row) : _state.Without(surplus).With(row);
        return Result.Done;
    }

    public async Task<Result> Remove(string address)
    {
        if (QuarantineState.Normalize(address) is not { } normal || _state.Find(normal) is not { } row)
            return Problem.NotFound($"{address} is not in quarantine.");

        await Delete([row]);
        return Result.Done;
    }

    public async Task Clear()
    {
        // Each transaction has room for one audit entry.
        foreach (var chunk in _state.Rows.Chunk(ConfigTransaction.MaxRows - 1))
            await Delete(chunk);
    }

    public Task Forget()
    {
        _state = QuarantineState.Empty;
        _hasTenant = false;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task Load(CancellationToken cancel)
    {
        var tenant = await config.Find<TenantDocument>(Tenant, ConfigKeys.Tenant, cancel);
        _hasTenant = tenant is { Value.IsLeaving: false };
        if (!_hasTenant)
            return;

        await foreach (var row in config.List<QuarantineEntry>(Tenant, ConfigKeys.Quarantine, cancel))
            _state = _state.With(row);
    }

    private async Task Delete(ConfigRow<QuarantineEntry>[] rows)
    {
        var transaction = new ConfigTransaction(Tenant);
        foreach (var row in rows)
            transaction.Delete(row);

        transaction.Audit(clock.GetUtcNow(), "removed", rows is [var only] ? only.Key : $"{rows.Length} of {ConfigKeys.Quarantine}");
        await config.Commit(transaction);
        foreach (var row in rows)
            _state = _state.Without(row);
    }
}
