using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Events;
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
/// <remarks>There are hundreds of thousands of them: in memory is what gateways ask for; what only a change needs is read for it.</remarks>
[GrainType("extension")]
internal sealed partial class ExtensionGrain(
    ConfigRows config, RegistrationRows registrations, LiveNodes nodes, ISecretProtector protector, IEventLog events, TimeProvider clock)
    : Grain, IExtensionGrain
{
    /// <summary>Null while there is no such extension.</summary>
    private ExtensionCredentials? _credentials;

    private ExtensionKey Key => ExtensionKey.Parse(this.GetPrimaryKeyString());

    private Problem NoSuchExtension => Problem.NotFound($"There is no extension {Key.Username}.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = Key;
        // A name that no extension can have needs no look into storage: strangers call anything.
        if (!ExtensionRules.IsUsername(key.Username))
            return;

        var tenant = config.Find<TenantDocument>(key.Tenant.Value, ConfigKeys.Tenant, cancellationToken);
        var row = FindRow(key, cancellationToken);
        if (await tenant is not { Value.IsLeaving: false } || await row is not { } found)
            return;

        _credentials = CredentialsOf(found.Value);
        await WakeRegistrar(key, cancellationToken);
    }

    public async Task<Result<Versioned<Extension>>> Get() =>
        _credentials is not null && await FindRow(Key) is { } row ? Current(row) : NoSuchExtension;

    public async Task<Result<Versioned<Extension>>> Save(Extension extension, string? password, WriteCondition condition)
    {
        var key = Key;
        var row = _credentials is null ? null : await FindRow(key);
        if (condition.Refuse(row?.Stamp, $"Extension {key.Username}") is { } refusal)
            return refusal;

        if (ExtensionRules.Validate(extension, password, key.Username, row is not null) is { } invalid)
            return invalid;

        var tenant = await Tenant(key).Get();
        if (!tenant.IsSuccess)
            return tenant.Problem;

        if (row is null)
            await RemoveRemains(key);

        var saved = await Store(key, Document(key, row?.Value, extension, password, tenant.Value.Value.Realm), row);
        await Tenant(key).Publish(new() { Tenant = key.Tenant, Extension = key.Username });
        return Current(saved);
    }

    public async Task<Result> Delete(WriteCondition condition)
    {
        var key = Key;
        if (_credentials is null || await FindRow(key) is not { } row)
            return NoSuchExtension;

        if (condition.Refuse(row.Stamp, $"Extension {key.Username}") is { } refusal)
            return refusal;

        await StoreRegistrar(key, RegistrarState.Empty);
        var transaction = new ConfigTransaction(key.Tenant.Value);
        transaction.Delete(row);
        transaction.Audit(clock.GetUtcNow(), "removed", row.Key);
        await config.Commit(transaction);
        _credentials = null;

        await Tenant(key).Publish(new() { Tenant = key.Tenant, Extension = key.Username });
        return Result.Done;
    }

    public Task<ExtensionCredentials?> GetCredentials() => Task.FromResult(_credentials);

    public Task<ExtensionReachability?> Reach() => Task.FromResult(
        _credentials is { } known ? new ExtensionReachability(known.Extension, Live().Bindings.RemoveAll(binding => binding.IsUnreachable)) : null);

    public Task Forget()
    {
        _credentials = null;
        _registrar = RegistrarState.Empty;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private ITenantGrain Tenant(ExtensionKey key) => GrainFactory.GetGrain<ITenantGrain>(key.Tenant.Value);

    private Task<ConfigRow<ExtensionDocument>?> FindRow(ExtensionKey key, CancellationToken cancel = default) =>
        config.Find<ExtensionDocument>(key.Tenant.Value, RowKey(key), cancel);

    private static string RowKey(ExtensionKey key) => ConfigKeys.Of(ConfigKeys.Extensions, key.Username);

    private static Versioned<Extension> Current(ConfigRow<ExtensionDocument> row) => new(row.Value.Extension, row.Stamp);

    private static ExtensionCredentials CredentialsOf(ExtensionDocument document) => new(
        document.Extension,
        ImmutableArray.Create(Convert.FromHexString(document.Ha1Md5)),
        ImmutableArray.Create(Convert.FromHexString(document.Ha1Sha256)));

    private ExtensionDocument Document(
        ExtensionKey key, ExtensionDocument? stored, Extension extension, string? password, string realm)
    {
        if (string.IsNullOrEmpty(password))
            return stored! with { Extension = extension };

        var (md5, sha256) = ExtensionRules.ComputeHa1(key.Username, realm, password);
        return new(extension, protector.Protect(password, key.PasswordPurpose), md5, sha256);
    }

    private async Task<ConfigRow<ExtensionDocument>> Store(
        ExtensionKey key, ExtensionDocument document, ConfigRow<ExtensionDocument>? previous)
    {
        var transaction = new ConfigTransaction(key.Tenant.Value);
        var row = transaction.Put(RowKey(key), document, previous);
        transaction.Audit(clock.GetUtcNow(), "saved", row.Key);
        await config.Commit(transaction);
        _credentials = CredentialsOf(document);
        return row;
    }
}
