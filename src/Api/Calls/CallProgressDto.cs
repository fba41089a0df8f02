using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Api.Calls;

/// <summary>How a call in progress goes at this moment.</summary>
/// <param name="CallerMedia">Media of the caller's side; null when none is set up.</param>
/// <param name="CalleeMedia">Media of the callee's side; null before one answered.</param>
/// <param name="Decisions">The decision log so far, oldest first.</param>
internal sealed record CallProgressDto(MediaFiguresDto? CallerMedia, MediaFiguresDto? CalleeMedia, IReadOnlyList<DecisionDto> Decisions)
{
    public static CallProgressDto From(CallProgress progress) => new(
        MediaFiguresDto.From(progress.CallerMedia),
        MediaFiguresDto.From(progress.CalleeMedia),
        [.. progress.Decisions.Select(decision => new DecisionDto(decision.At, decision.Step, decision.Text))]);
}
