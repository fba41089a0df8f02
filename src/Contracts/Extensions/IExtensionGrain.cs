using Orleans.Concurrency;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Extensions;

/// <summary>Owns one extension: credentials, flags and bindings. Key: <see cref="ExtensionKey"/>.</summary>
[Alias("IExtensionGrain")]
public interface IExtensionGrain : ITenantOwned
{
    /// <summary>The extension, or NotFound.</summary>
    [ReadOnly]
    Task<Result<Versioned<Extension>>> Get();

    /// <summary>
    /// Adds or replaces the extension. A null or empty password keeps the stored one, or is Invalid when there is none.
    /// Invalid, Conflict, Changed, NotFound (no such tenant).
    /// </summary>
    Task<Result<Versioned<Extension>>> Save(Extension extension, string? password, WriteCondition condition);

    /// <summary>Removes the extension and its bindings. NotFound, Changed.</summary>
    Task<Result> Delete(WriteCondition condition);

    /// <summary>What a gateway needs to authenticate it; null when there is no such extension.</summary>
    [ReadOnly]
    Task<ExtensionCredentials?> GetCredentials();

    /// <summary>Everything a call to it needs, in one answer, without devices that are unreachable; null when there is no such extension.</summary>
    [ReadOnly]
    Task<ExtensionReachability?> Reach();

    /// <summary>
    /// Adds, refreshes and removes bindings in one atomic step, durable when answered (RFC 3261 §10.3).
    /// NotFound, OverLimit, OutOfOrder.
    /// </summary>
    Task<Result<BindingSet>> Register(RegisterCommand command);

    /// <summary>The live bindings.</summary>
    [ReadOnly]
    Task<BindingSet> GetBindings();

    /// <summary>Takes over refreshes that a gateway already answered. Bindings that are not there any more are left out of the answer.</summary>
    Task<BindingSet> Refresh(BindingRefresh refresh);

    /// <summary>Notes that a device answers keep-alives no more, or again; nothing happens when it is not registered any more.</summary>
    Task NoteReachability(string contact, bool isUnreachable);

    /// <summary>Removes the bindings of a connection that is closed.</summary>
    Task Disconnect(FlowId flow);

    /// <summary>Removes all bindings, or the one with this Contact; the gateways forget them too. NotFound when there were none.</summary>
    Task<Result> ClearBindings(string? contact);
}
