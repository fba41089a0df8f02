using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Sounds;

/// <summary>What a tenant's phones hear of one kind.</summary>
/// <param name="Kind">What it is played for.</param>
/// <param name="IsOwn">Whether the tenant uploaded it; otherwise it is the default.</param>
/// <param name="Name">The name of the file that was uploaded; null for the default.</param>
/// <param name="DurationSeconds">How long it is heard; null for the default.</param>
/// <param name="Bytes">Its size as a WAV file, as it is kept; null for the default.</param>
/// <param name="Uploaded">When it was uploaded; null for the default.</param>
/// <param name="MaxDurationSeconds">The longest that can be uploaded.</param>
/// <param name="MaxFileBytes">The largest file that can be uploaded.</param>
internal sealed record SoundDto(
    SoundKind Kind,
    bool IsOwn,
    string? Name,
    double? DurationSeconds,
    int? Bytes,
    DateTimeOffset? Uploaded,
    int MaxDurationSeconds,
    int MaxFileBytes)
{
    public static SoundDto From(Tenant tenant, SoundKind kind) => From(kind, tenant.FindSound(kind));

    public static SoundDto From(SoundKind kind, Sound? own) => new(
        kind,
        own is not null,
        own?.Name,
        own is null ? null : Math.Round(own.Duration.TotalSeconds, 3),
        own?.Bytes,
        own?.Uploaded,
        (int)SoundLimits.LongestOf(kind).TotalSeconds,
        SoundLimits.MaxFileBytes);
}
