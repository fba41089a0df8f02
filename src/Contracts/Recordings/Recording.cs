using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Recordings;

/// <summary>What is known of a call's recording.</summary>
public sealed record Recording
{
    /// <summary>The call.</summary>
    public required Guid Call { get; init; }

    /// <summary>Whose call.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>When it begins: the answer of the call.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it is.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Its size as a WAV file.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether both parties are on one channel; otherwise the caller is on the left one, the callee on the right one.</summary>
    public bool IsMixed { get; init; }

    /// <summary>The caller's number.</summary>
    public required string Caller { get; init; }

    /// <summary>The caller's name.</summary>
    public string CallerName { get; init; } = "";

    /// <summary>The callee's number.</summary>
    public required string Callee { get; init; }

    /// <summary>The callee's name.</summary>
    public string CalleeName { get; init; } = "";

    /// <summary>Why it ended before its call, for people; null when it did not.</summary>
    public string? CutShort { get; init; }
}
