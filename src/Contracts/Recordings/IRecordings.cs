using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Recordings;

/// <summary>The tenants' recordings in storage: a blob each, and rows to find it by.</summary>
public interface IRecordings
{
    /// <summary>Why none can be stored, now or later, before a setting is changed; null when they can.</summary>
    string? Obstacle { get; }

    /// <summary>
    /// Stores a recording's audio; ends when that is durable. It belongs to nobody before <see cref="Enter"/>. What is there already stays as it is, so that it
    /// can be repeated.
    /// </summary>
    Task KeepAudio(Recording recording, Stream audio, CancellationToken cancel);

    /// <summary>Removes the audio of a recording that was not entered, if it is there.</summary>
    Task DropAudio(Recording recording, CancellationToken cancel);

    /// <summary>Lists recordings whose audio is stored, those of many calls at the cost of one; ends when that is durable. It can be repeated.</summary>
    Task Enter(IReadOnlyCollection<Recording> recordings);

    /// <summary>The tenant's recordings, those of the latest calls first; times are those of the calls.</summary>
    Task<Page<Recording>> List(TenantId tenant, CallQuery query, PageRequest page, CancellationToken cancel);

    /// <summary>A call's recording; null for none.</summary>
    Task<Recording?> Find(TenantId tenant, Guid call, CancellationToken cancel);

    /// <summary>Its audio, to be sought in and read; the caller's to dispose. Null for none.</summary>
    Task<Stream?> Open(TenantId tenant, Guid call, CancellationToken cancel);

    /// <summary>Removes it; false when there is none.</summary>
    Task<bool> Delete(TenantId tenant, Guid call, CancellationToken cancel);
}
