namespace TekSipCloud.Api.Calls;

/// <summary>A line of a call's decision log.</summary>
/// <param name="At">When.</param>
/// <param name="Step">Which step decided.</param>
/// <param name="Text">What was decided and why.</param>
internal sealed record DecisionDto(DateTimeOffset At, string Step, string Text);
