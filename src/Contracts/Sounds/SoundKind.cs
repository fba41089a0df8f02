namespace TekSipCloud.Contracts.Sounds;

/// <summary>What a sound is played for. Its number is stored.</summary>
[GenerateSerializer, Alias("sound-kind")]
public enum SoundKind
{
    /// <summary>A party that is on hold hears it, again and again.</summary>
    MusicOnHold = 0,

    /// <summary>Before a refusal: nobody has the number.</summary>
    NotInService = 1,

    /// <summary>Before a refusal: who has the number cannot be reached now.</summary>
    Unavailable = 2,

    /// <summary>During a call: its time is about to end.</summary>
    CallEnding = 3,
}
