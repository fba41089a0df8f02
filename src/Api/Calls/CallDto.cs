using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Api.Calls;

/// <summary>A call in progress.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">How far it is.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Callee">Who is called.</param>
/// <param name="Started">When the INVITE came.</param>
/// <param name="Answered">When it was answered; null until then.</param>
/// <param name="Destination">The destination it goes out to or comes in from; null for a call between extensions.</param>
/// <param name="Node">The node that has it.</param>
/// <param name="SipCallId">The caller leg's Call-ID.</param>
internal sealed record CallDto(
    Guid Id,
    CallState State,
    CallPartyDto Caller,
    CallPartyDto Callee,
    DateTimeOffset Started,
    DateTimeOffset? Answered,
    string? Destination,
    string Node,
    string SipCallId)
{
    public static CallDto From(CallSummary call) => new(
        call.Id,
        call.State,
        CallPartyDto.From(call.Caller),
        CallPartyDto.From(call.Callee),
        call.Started,
        call.Answered,
        call.Destination,
        call.Node,
        call.SipCallId);
}
