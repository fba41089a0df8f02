using System.Globalization;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Gateway.Sounds;

/// <summary>What tenants upload, as it is kept; and what is played where they uploaded nothing.</summary>
internal sealed class SoundFiles : ISoundFiles
{
    private const string Field = "File";

    public Result<SoundFile> Convert(ReadOnlyMemory<byte> upload, SoundKind kind)
    {
        if (!WavReader.TryRead(upload.Span, out var sound, out var refusal))
            return Problem.Invalid(Field, refusal);

        var longest = SoundLimits.LongestOf(kind);
        if (sound.Duration > longest)
            return Problem.Invalid(Field, $"The sound is {Seconds(sound.Duration)} s long; here it may be {Seconds(longest)} s.");
        if (sound.Duration < SoundLimits.Shortest)
            return Problem.Invalid(Field, $"The sound is {Seconds(sound.Duration)} s long; it must be {Seconds(SoundLimits.Shortest)} s at least.");

        return new SoundFile(WavWriter.Of(sound), sound.Duration);
    }

    public SoundFile ReadDefault(SoundKind kind)
    {
        var clip = DefaultOf(kind);
        return new(WavWriter.Of(clip), clip.Duration);
    }

    /// <summary>What is played where a tenant has no sound of its own; computed when it is first asked for, which takes a moment.</summary>
    public static AudioClip DefaultOf(SoundKind kind) => kind switch
    {
        SoundKind.MusicOnHold => DefaultSounds.Music,
        SoundKind.NotInService => DefaultSounds.NotInService,
        SoundKind.Unavailable => DefaultSounds.Unavailable,
        SoundKind.CallEnding => DefaultSounds.CallEnding,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);
}
