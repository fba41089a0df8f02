using TekSipCloud.Contracts.Recordings;

namespace TekSipCloud.Api.Recordings;

/// <summary>A call's recording.</summary>
/// <param name="Id">The call's id.</param>
/// <param name="Started">When it begins: the answer of the call.</param>
/// <param name="DurationSeconds">How long it is.</param>
/// <param name="Bytes">Its size as a WAV file.</param>
/// <param name="IsMixed">Whether both parties are on one channel; otherwise the caller is on the left one, the callee on the right one.</param>
/// <param name="Caller">The caller's number.</param>
/// <param name="CallerName">The caller's name; empty when it has none.</param>
/// <param name="Callee">The callee's number.</param>
/// <param name="CalleeName">The callee's name; empty when it has none.</param>
/// <param name="CutShort">Why it ended before the call, in one sentence; null when it did not.</param>
internal sealed record RecordingDto(
    Guid Id,
    DateTimeOffset Started,
    double DurationSeconds,
    long Bytes,
    bool IsMixed,
    string Caller,
    string CallerName,
    string Callee,
    string CalleeName,
    string? CutShort)
{
    public static RecordingDto From(Recording recording) => new(
        recording.Call,
        recording.Started,
        Math.Round(recording.Duration.TotalSeconds, 3),
        recording.Bytes,
        recording.IsMixed,
        recording.Caller,
        recording.CallerName,
        recording.Callee,
        recording.CalleeName,
        recording.CutShort);
}
