using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Recordings;

/// <summary>The tenants' recordings in storage: a blob each, and rows to find it by.</summary>
public interface IRecordings
{
    /// <summary>Why none can be stored, now or later, before a setting is changed; null when they can.</summary>
    string? Obstacle { get; }

    /// <summary>Stores a recording; ends when it is durable and listed. What is there already stays as it is, so that it can be repeated.</summary>
    Task Keep(Recording recording, Stream audio, CancellationToken cancel);

    /// <summary>The tenant's recordings, those of the latest calls first; times are those of the calls.</summary>
    Task<Page<Recording>> List(TenantId tenant, CallQuery query, PageRequest page, CancellationToken cancel);

    /// <summary>A call's recording; null for none.</summary>
    Task<Recording?> Find(TenantId tenant, Guid call, CancellationToken cancel);

    /// <summary>Its audio, to be sought in and read; the caller's to dispose. Null for none.</summary>
    Task<Stream?> Open(TenantId tenant, Guid call, CancellationToken cancel);

    /// <summary>Removes it; false when there is none.</summary>
    Task<bool> Delete(TenantId tenant, Guid call, CancellationToken cancel);
}
