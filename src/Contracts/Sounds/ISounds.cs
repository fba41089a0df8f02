using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Sounds;

/// <summary>The audio of the tenants' own sounds in storage. Which of them are in use the tenant knows.</summary>
public interface ISounds
{
    /// <summary>Why nothing can be stored here, for people; null where it can.</summary>
    string? Obstacle { get; }

    /// <summary>Stores an audio; ends when it is durable.</summary>
    Task Keep(TenantId tenant, Guid id, ReadOnlyMemory<byte> file, CancellationToken cancel);

    /// <summary>An audio, to be sought in and read; the caller's to dispose. Null for none.</summary>
    Task<Stream?> Open(TenantId tenant, Guid id, CancellationToken cancel);

    /// <summary>Removes an audio; harmless when there is none.</summary>
    Task Delete(TenantId tenant, Guid id, CancellationToken cancel);
}
