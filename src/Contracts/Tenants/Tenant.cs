using System.Collections.Immutable;
using TekSipCloud.Contracts.Sounds;

namespace TekSipCloud.Contracts.Tenants;

/// <summary>A customer: its own domains, extensions, routes and history, which no other tenant can see or call.</summary>
/// <param name="Id">Immutable.</param>
/// <param name="Name">For people, 1 to 100 characters.</param>
/// <param name="Realm">The digest realm (RFC 3261 §22.1); immutable, because every stored HA1 depends on it.</param>
/// <param name="Domains">The SIP domains (host names or addresses, lower case, IPv6 without brackets) that mean this tenant; each belongs to one tenant only.</param>
/// <param name="Enabled">A disabled tenant's requests are refused with 403.</param>
/// <param name="Settings">What can be changed without a restart.</param>
/// <param name="Created">When it was made.</param>
[GenerateSerializer, Alias("tenant")]
public sealed record Tenant(
    [property: Id(0)] TenantId Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Realm,
    [property: Id(3)] ImmutableArray<string> Domains,
    [property: Id(4)] bool Enabled,
    [property: Id(5)] TenantSettings Settings,
    [property: Id(6)] DateTimeOffset Created)
{
    /// <summary>Its own sounds, one of a kind at most; the default is played where it has none.</summary>
    [Id(7)]
    public ImmutableArray<Sound> Sounds { get; init; } = [];

    /// <summary>
    /// Those of <see cref="Domains"/> that take calls and ring nobody: a REGISTER there binds nothing, each INVITE is challenged anew, and leads to a
    /// destination. Read it by <see cref="IsOriginationOnly"/>.
    /// </summary>
    [Id(20)]
    public ImmutableArray<string> OriginationDomains { get; init; } = [];

    /// <summary>Whether a domain, as it stands in <see cref="Domains"/>, takes calls only.</summary>
    // Absent where an earlier version wrote it.
    public bool IsOriginationOnly(string domain) => !OriginationDomains.IsDefault && OriginationDomains.Contains(domain);

    /// <summary>Its own sound of a kind; null when it has none.</summary>
    public Sound? FindSound(SoundKind kind)
    {
        // Absent where an earlier version wrote it.
        foreach (var sound in Sounds.IsDefault ? [] : Sounds)
        {
            if (sound.Kind == kind)
                return sound;
        }

        return null;
    }
}
