using System.Collections.Immutable;
using Orleans.Concurrency;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Sounds;

namespace TekSipCloud.Contracts.Tenants;

/// <summary>Owns one tenant: its domains, realm, settings and API credentials. Key: the tenant id.</summary>
[Alias("ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Makes the tenant. Invalid, or Conflict when it exists or a domain is taken.</summary>
    Task<Result<Versioned<Tenant>>> Create(NewTenant tenant);

    /// <summary>The tenant, or NotFound.</summary>
    [ReadOnly]
    Task<Result<Versioned<Tenant>>> Get();

    /// <summary>Changes the tenant. Invalid, NotFound, Changed, or Conflict when a domain is taken.</summary>
    Task<Result<Versioned<Tenant>>> Change(TenantChange change, WriteCondition condition);

    /// <summary>Removes the tenant with everything it owns. NotFound, Changed, or Forbidden for the default tenant.</summary>
    [ResponseTimeout("00:10:00")]
    Task<Result> Delete(WriteCondition condition);

    /// <summary>Sets the password of the TekSIP-compatible API, 8 to 128 characters; null disables that API. Only a hash is kept.</summary>
    Task<Result> SetApiPassword(string? password);

    /// <summary>
    /// Whether this is the password of the TekSIP-compatible API; false as well for a tenant without one. Hashing takes the same time for
    /// a wrong one as for a right one; one that was right lately is answered at once.
    /// </summary>
    [ReadOnly]
    Task<bool> CheckApiPassword(string password);

    /// <summary>Makes an API key. Its secret is in the answer and nowhere else. Invalid, NotFound.</summary>
    Task<Result<NewApiKey>> AddApiKey(string name, Accounts.Role role);

    /// <summary>The API keys, without secrets.</summary>
    [ReadOnly]
    Task<ImmutableArray<ApiKey>> ListApiKeys();

    /// <summary>Revokes a key. NotFound.</summary>
    Task<Result> RemoveApiKey(string id);

    /// <summary>The key that this secret belongs to; null for none, also when it was revoked.</summary>
    [ReadOnly]
    Task<ApiKey?> CheckApiKey(string secret);

    /// <summary>
    /// Has a sound whose audio is stored played from now on. Answers those that are used no more, whose audio the caller removes. Invalid, NotFound.
    /// </summary>
    Task<Result<ImmutableArray<Sound>>> SetSound(Sound sound);

    /// <summary>Has the default played from now on. Answers what is used no more, whose audio the caller removes. NotFound.</summary>
    Task<Result<ImmutableArray<Sound>>> RemoveSound(SoundKind kind);

    /// <summary>
    /// What gateways keep of the tenant, and a subscription to its changes, which must be renewed within
    /// <see cref="GatewayObserver.SubscriptionLifetime"/>. NotFound.
    /// </summary>
    Task<Result<TenantSnapshot>> Subscribe(IGatewayObserver gateway);

    /// <summary>Tells all subscribed gateways that a part of the tenant changed. Called by the tenant's other grains.</summary>
    [AlwaysInterleave]
    Task Publish(TenantNews news);
}
