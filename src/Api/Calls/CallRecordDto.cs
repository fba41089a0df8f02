using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Api.Calls;

/// <summary>A finished call, as listed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Caller">Who called.</param>
/// <param name="Callee">Who was called.</param>
/// <param name="Started">When the INVITE came.</param>
/// <param name="Answered">When it was answered; null when nobody did.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="DurationSeconds">Talk time; zero when nobody answered.</param>
/// <param name="Status">The final SIP code; 200 for an answered call.</param>
/// <param name="EndedBy">Who ended it.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="Destination">The destination it went out to or came in from; null for a call between extensions.</param>
/// <param name="Node">The node that had it.</param>
internal sealed record CallRecordDto(
    Guid Id,
    CallPartyDto Caller,
    CallPartyDto Callee,
    DateTimeOffset Started,
    DateTimeOffset? Answered,
    DateTimeOffset Ended,
    double DurationSeconds,
    int Status,
    CallEnd EndedBy,
    string Reason,
    string? Destination,
    string Node)
{
    public static CallRecordDto From(CallRecord record) => new(
        record.Call.Id,
        CallPartyDto.From(record.Call.Caller),
        CallPartyDto.From(record.Call.Callee),
        record.Call.Started,
        record.Call.Answered,
        record.Ended,
        Math.Round(record.Duration.TotalSeconds, 3),
        record.Status,
        record.EndedBy,
        record.Reason,
        record.Call.Destination,
        record.Call.Node);
}
