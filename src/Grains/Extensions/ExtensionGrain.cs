using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Registrations;
using TekSipCloud.Storage.Extensions;
using TekSipCloud.Storage.Nodes;
using TekSipCloud.Storage.Registrations;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Grains.Extensions;

/// <summary>One extension: credentials and flags here, bindings in the other part.</summary>
[GrainType("extension")]
internal sealed partial class ExtensionGrain(
    ConfigRows config, RegistrationRows registrations, LiveNodes nodes, ISecretProtector protector, TimeProvider clock)
    : Grain, IExtensionGrain
{
    private ExtensionKey _key;
    private ConfigRow<ExtensionDocument>? _row;

    private ITenantGrain Tenant => GrainFactory.GetGrain<ITenantGrain>(_key.Tenant.Value);

    private Problem NoSuchExtension => Problem.NotFound($"There is no extension {_key.Username}.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ExtensionKey.Parse(this.GetPrimaryKeyString());
        // A name that no extension can have needs no look into storage: strangers call anything.
        if (!ExtensionRules.IsUsername(_key.Username))
            return;

        var tenant = config.Find<TenantDocument>(_key.Tenant.Value, ConfigKeys.Tenant, cancellationToken);
        var row = config.Find<ExtensionDocument>(_key.Tenant.Value, RowKey(), cancellationToken);
        _row = await tenant is { Value.IsLeaving: false } ? await row : null;
        if (_row is not null)
            await WakeRegistrar(cancellationToken);
    }

    public Task<Result<Versioned<Extension>>> Get() => Task.FromResult(Current());

    public async Task<Result<Versioned<Extension>>> Save(Extension extension, string? password, WriteCondition condition)
    {
        if (condition.Refuse(_row?.Stamp, $"Extension {_key.Username}") is { } refusal)
            return refusal;

        if (ExtensionRules.Validate(extension, password, _key.Username, _row is not null) is { } invalid)
            return invalid;

        var tenant = await Tenant.Get();
        if (!tenant.IsSuccess)
            return tenant.Problem;

        if (_row is null)
            await RemoveRemains();

        await Store(Document(extension, password, tenant.Value.Value.Realm));
        await Tenant.Publish(new() { Tenant = _key.Tenant, Extension = _key.Username });
        return Current();
    }

    public async Task<Result> Delete(WriteCondition condition)
    {
        if (_row is not { } row)
            return NoSuchExtension;

        if (condition.Refuse(row.Stamp, $"Extension {_key.Username}") is { } refusal)
            return refusal;

        await StoreRegistrar(RegistrarState.Empty);
        var transaction = new ConfigTransaction(_key.Tenant.Value);
        transaction.Delete(row);
        transaction.Audit(clock.GetUtcNow(), "removed", row.Key);
        await config.Commit(transaction);
        _row = null;

        await Tenant.Publish(new() { Tenant = _key.Tenant, Extension = _key.Username });
        return Result.Done;
    }

    public Task<ExtensionCredentials?> GetCredentials() => Task.FromResult(
        _row?.Value is { } known ? new ExtensionCredentials(known.Extension, known.Ha1Md5, known.Ha1Sha256) : null);

    public Task<ExtensionReachability?> Reach() => Task.FromResult(
        _row?.Value is { } known ? new ExtensionReachability(known.Extension, _registrar.Live(clock.GetUtcNow()).Bindings) : null);

    public Task Forget()
    {
        _row = null;
        _registrar = RegistrarState.Empty;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Result<Versioned<Extension>> Current() =>
        _row is { } row ? new Versioned<Extension>(row.Value.Extension, row.Stamp) : NoSuchExtension;

    private ExtensionDocument Document(Extension extension, string? password, string realm)
    {
        if (string.IsNullOrEmpty(password))
            return _row!.Value with { Extension = extension };

        var (md5, sha256) = ExtensionRules.ComputeHa1(_key.Username, realm, password);
        return new(extension, protector.Protect(password, _key.PasswordPurpose), md5, sha256);
    }

    private async Task Store(ExtensionDocument document)
    {
        var transaction = new ConfigTransaction(_key.Tenant.Value);
        var row = transaction.Put(RowKey(), document, _row);
        transaction.Audit(clock.GetUtcNow(), "saved", row.Key);
        await config.Commit(transaction);
        _row = row;
    }

    private string RowKey() => ConfigKeys.Of(ConfigKeys.Extensions, _key.Username);
}
