namespace TekSipCloud.Contracts.Sounds;

/// <summary>A sound of a tenant's own, in place of the default one.</summary>
/// <param name="Kind">What it is played for; a tenant has one of each kind at most.</param>
/// <param name="Id">Names its audio, which never changes: another upload has another id.</param>
/// <param name="Name">The name of the file that was uploaded, for people.</param>
/// <param name="Duration">How long it is heard.</param>
/// <param name="Bytes">Its size as a WAV file, as it is kept.</param>
/// <param name="Uploaded">When.</param>
[GenerateSerializer, Alias("sound")]
public sealed record Sound(
    [property: Id(0)] SoundKind Kind,
    [property: Id(1)] Guid Id,
    [property: Id(2)] string Name,
    [property: Id(3)] TimeSpan Duration,
    [property: Id(4)] int Bytes,
    [property: Id(5)] DateTimeOffset Uploaded);
