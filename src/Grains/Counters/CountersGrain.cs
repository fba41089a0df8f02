using System.Collections.Immutable;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Storage.Nodes;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Grains.Counters;

/// <summary>
/// A tenant's counters; stored at each Clear, once a minute while they change, and when the grain leaves memory.
/// </summary>
[GrainType("counters")]
internal sealed class CountersGrain(ConfigRows config, LiveNodes nodes, TimeProvider clock) : Grain, ICountersGrain
{
    private static readonly TimeSpan SavePeriod = TimeSpan.FromMinutes(1);

    private CountersState _state = CountersState.Zero;
    private ConfigRow<CountersState>? _row;
    private bool _hasTenant;

    private string Tenant => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        this.RegisterGrainTimer(Save, SavePeriod, SavePeriod);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Save();

    public async Task Report(string node, string incarnation, ImmutableArray<long> values)
    {
        if (values.Length != CountersState.Count)
            throw new ArgumentException($"There are {CountersState.Count} counters, not {values.Length}.", nameof(values));

        if (!_hasTenant)
            await Load(CancellationToken.None);

        if (_hasTenant)
            _state = _state.Report(node, new(incarnation, values, clock.GetUtcNow()));
    }

    public async Task<ImmutableArray<long>> Read()
    {
        var live = await nodes.Get(CancellationToken.None);
        var quarantined = await GrainFactory.GetGrain<IQuarantineGrain>(Tenant).List();
        return _state.Read(clock.GetUtcNow(), live.Has).SetItem((int)Counter.QuarantinedEndpoints, quarantined.Length);
    }

    public Task Clear()
    {
        _state = _state.Clear();
        return Save();
    }

    public Task Forget()
    {
        _hasTenant = false;
        _state = CountersState.Zero;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task Load(CancellationToken cancel)
    {
        var tenant = await config.Find<TenantDocument>(Tenant, ConfigKeys.Tenant, cancel);
        _hasTenant = tenant is { Value.IsLeaving: false };
        _row = _hasTenant ? await config.Find<CountersState>(Tenant, ConfigKeys.Counters, cancel) : null;
        _state = _row?.Value ?? CountersState.Zero;
    }

    private async Task Save()
    {
        if (!_hasTenant || ReferenceEquals(_state, _row?.Value ?? CountersState.Zero))
            return;

        var transaction = new ConfigTransaction(Tenant);
        var row = transaction.Put(ConfigKeys.Counters, _state, _row);
        await config.Commit(transaction);
        _row = row;
    }
}
