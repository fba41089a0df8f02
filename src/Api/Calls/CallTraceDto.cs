using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Api.Calls;

/// <summary>The SIP messages of a call that its node still remembers, oldest first.</summary>
/// <param name="Messages">At most 1,000; empty when none is remembered any more.</param>
internal sealed record CallTraceDto(IReadOnlyList<TraceMessageDto> Messages)
{
    public static CallTraceDto From(CallTrace trace) => new([.. trace.Messages.Select(TraceMessageDto.Of)]);
}
