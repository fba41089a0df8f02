namespace TekSipCloud.Api.Sounds;

/// <summary>What a tenant's phones hear, of every kind.</summary>
/// <param name="Items">One of each kind.</param>
internal sealed record SoundListDto(IReadOnlyList<SoundDto> Items);
