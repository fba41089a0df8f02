using TekSipCloud.Api.Recordings;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Recordings;

namespace TekSipCloud.Api.Calls;

/// <summary>A finished call with everything that is known of it.</summary>
/// <param name="Call">As in the list.</param>
/// <param name="SipCallId">The caller leg's Call-ID.</param>
/// <param name="CallerMedia">Media of the caller's side; null when none was set up.</param>
/// <param name="CalleeMedia">Media of the callee's side; null when none was set up.</param>
/// <param name="Decisions">The decision log, oldest first.</param>
/// <param name="Recording">Its recording; null when there is none, or not yet.</param>
internal sealed record CallDetailsDto(
    CallRecordDto Call,
    string SipCallId,
    MediaFiguresDto? CallerMedia,
    MediaFiguresDto? CalleeMedia,
    IReadOnlyList<DecisionDto> Decisions,
    RecordingDto? Recording)
{
    public static CallDetailsDto From(CallRecord record, Recording? recording) => new(
        CallRecordDto.From(record),
        record.Call.SipCallId,
        MediaFiguresDto.From(record.CallerMedia),
        MediaFiguresDto.From(record.CalleeMedia),
        [.. record.Decisions.Select(decision => new DecisionDto(decision.At, decision.Step, decision.Text))],
        recording is null ? null : RecordingDto.From(recording));
}
