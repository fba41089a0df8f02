namespace TekSipCloud.Contracts.Sounds;

/// <summary>How much of a sound is taken.</summary>
public static class SoundLimits
{
    /// <summary>The largest file: three minutes in the quality of a CD, half an hour in that of a telephone.</summary>
    public const int MaxFileBytes = 32 * 1024 * 1024;

    /// <summary>The longest name.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The shortest sound: less is not heard.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest sound of a kind: five minutes of music; an announcement holds up a refusal, or is heard in the last 30 s of a call.</summary>
    public static TimeSpan LongestOf(SoundKind kind) => kind switch
    {
        SoundKind.MusicOnHold => TimeSpan.FromMinutes(5),
        SoundKind.CallEnding => TimeSpan.FromSeconds(20),
        _ => TimeSpan.FromSeconds(30),
    };
}
