using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Security;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Grains.Tenants;

internal sealed partial class TenantGrain
{
    private readonly ApiPasswordCheck _apiPassword = new();
    private ImmutableDictionary<string, ConfigRow<ApiKeyDocument>> _apiKeys =
        ImmutableDictionary<string, ConfigRow<ApiKeyDocument>>.Empty;

    public async Task<Result> SetApiPassword(string? password)
    {
        if (Present is not { } row)
            return NoSuchTenant;

        if (TenantRules.ValidateApiPassword(password) is { } invalid)
            return invalid;

        var hash = password is null ? null : await PasswordHash.Create(password);
        await Store(row.Value with { ApiPasswordHash = hash }, "API password set");
        return Result.Done;
    }

    public Task<bool> CheckApiPassword(string password) =>
        _apiPassword.Verify(Present?.Value.ApiPasswordHash, password);

    public async Task<Result<NewApiKey>> AddApiKey(string name, Role role)
    {
        if (Present is null)
            return NoSuchTenant;

        if (TenantRules.ValidateApiKey(name, role) is { } invalid)
            return invalid;

        var key = new ApiKey(ApiKeySecret.NewId(), name, role, clock.GetUtcNow());
        var secret = ApiKeySecret.Create(Id, key.Id);
        var transaction = new ConfigTransaction(Id.Value);
        var row = transaction.Put(ConfigKeys.Of(ConfigKeys.ApiKeys, key.Id), new ApiKeyDocument(key, ApiKeySecret.Hash(secret)), null);
        transaction.Audit(clock.GetUtcNow(), "created", row.Key);
        await config.Commit(transaction);

        _apiKeys = _apiKeys.Add(key.Id, row);
        return new NewApiKey(key, secret);
    }

    public Task<ImmutableArray<ApiKey>> ListApiKeys() =>
        Task.FromResult(_apiKeys.Values.Select(row => row.Value.Key).OrderBy(key => key.Created).ToImmutableArray());

    public async Task<Result> RemoveApiKey(string id)
    {
        if (!_apiKeys.TryGetValue(id, out var row))
            return Problem.NotFound($"There is no API key {id}.");

        var transaction = new ConfigTransaction(Id.Value);
        transaction.Delete(row);
        transaction.Audit(clock.GetUtcNow(), "removed", row.Key);
        await config.Commit(transaction);

        _apiKeys = _apiKeys.Remove(id);
        return Result.Done;
    }

    public Task<ApiKey?> CheckApiKey(string secret)
    {
        var row = ApiKeySecret.FindId(secret, Id) is { } id ? _apiKeys.GetValueOrDefault(id) : null;
        return Task.FromResult(row is not null && ApiKeySecret.Matches(secret, row.Value.SecretSha256) ? row.Value.Key : null);
    }

    private async Task LoadApiKeys(CancellationToken cancel)
    {
        await foreach (var row in config.List<ApiKeyDocument>(Id.Value, ConfigKeys.ApiKeys, cancel))
            _apiKeys = _apiKeys.SetItem(row.Value.Key.Id, row);
    }

    private void ForgetApiAccess() => _apiKeys = _apiKeys.Clear();
}
