using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Gateway.Calls;

/// <summary>What a tenant's callers hear of us.</summary>
internal static class Sounds
{
    public static AudioClip MusicOf(TenantView tenant) => DefaultSounds.Music;
}
