using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Grains.Registrations;

namespace TekSipCloud.Grains.Extensions;

internal sealed partial class ExtensionGrain
{
    private RegistrarState _registrar = RegistrarState.Empty;
    private bool _hasRegistrarRow;

    public async Task<Result<BindingSet>> Register(RegisterCommand command)
    {
        if (_credentials is null)
            return NoSuchExtension;

        var key = Key;
        var tenant = await Tenant(key).Get();
        if (!tenant.IsSuccess)
            return tenant.Problem;

        var before = _registrar;
        var registered = before.Register(command, tenant.Value.Value.Settings, clock.GetUtcNow());
        if (!registered.IsSuccess)
            return registered.Problem;

        await StoreRegistrar(key, registered.Value);

        // Gateways answer refreshes only of AORs whose devices are all theirs: who has one must hear of the others.
        if (before.ChangedForOthers(registered.Value, command.Flow.Id.Node))
            await Tenant(key).Publish(new() { Tenant = key.Tenant, BindingsCleared = key.Username });

        return Live();
    }

    public Task<BindingSet> GetBindings() => Task.FromResult(Live());

    public async Task<BindingSet> Refresh(BindingRefresh refresh)
    {
        await StoreRegistrar(Key, _registrar.Refresh(refresh));
        return Live();
    }

    public Task NoteReachability(string contact, bool isUnreachable) =>
        StoreRegistrar(Key, _registrar.Note(contact, isUnreachable, clock.GetUtcNow()));

    public Task Disconnect(FlowId flow) => StoreRegistrar(Key, _registrar.Disconnect(flow));

    public async Task<Result> ClearBindings(string? contact)
    {
        var cleared = _registrar.Clear(contact, clock.GetUtcNow());
        if (!cleared.IsSuccess)
            return cleared.Problem;

        var key = Key;
        await StoreRegistrar(key, cleared.Value);
        await Tenant(key).Publish(new() { Tenant = key.Tenant, BindingsCleared = key.Username });
        events.Write(key.Tenant, EventType.Warning, contact is null
            ? $"'{key.Username}' was unregistered by an operator, with all devices."
            : $"A device of '{key.Username}' was unregistered by an operator: {contact}");
        return Result.Done;
    }

    private BindingSet Live() => _registrar.Live(clock.GetUtcNow());

    private async Task WakeRegistrar(ExtensionKey key, CancellationToken cancel)
    {
        var stored = await registrations.Read(key.Tenant, key.Username, cancel);
        _hasRegistrarRow = !stored.IsEmpty;
        if (stored.IsEmpty)
            return;

        var live = await nodes.Get(cancel);
        _registrar = RegistrarState.Wake(stored, live.Has, clock.GetUtcNow());
    }

    // What a registration left behind of an extension with the same name is not the new one's.
    private async Task RemoveRemains(ExtensionKey key)
    {
        if (!(await registrations.Read(key.Tenant, key.Username, CancellationToken.None)).IsEmpty)
            await registrations.Write(key.Tenant, key.Username, []);
    }

    private async Task StoreRegistrar(ExtensionKey key, RegistrarState next)
    {
        if (next == _registrar)
            return;

        var rows = next.Rows;
        if (_hasRegistrarRow || !rows.IsEmpty)
            await registrations.Write(key.Tenant, key.Username, rows);

        _hasRegistrarRow = !rows.IsEmpty;
        _registrar = next;
    }
}
