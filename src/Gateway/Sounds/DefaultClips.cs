using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Gateway.Sounds;

/// <summary>The sounds of tenants that have none of their own, each computed once, when it is first asked for, and on no thread that signals.</summary>
internal static class DefaultClips
{
    private static readonly Lazy<Task<AudioClip>>[] All =
        [.. Enum.GetValues<SoundKind>().Select(kind => new Lazy<Task<AudioClip>>(() => Task.Run(() => SoundFiles.DefaultOf(kind))))];

    /// <summary>The clip, which may take a few tenths of a second.</summary>
    public static Task<AudioClip> Of(SoundKind kind) => All[(int)kind].Value;
}
