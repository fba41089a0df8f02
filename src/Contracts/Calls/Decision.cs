namespace TekSipCloud.Contracts.Calls;

/// <summary>A line of a call's decision log.</summary>
/// <param name="At">When.</param>
/// <param name="Step">Which step decided, e.g. <c>tenant</c>, <c>authentication</c>, <c>route</c>, <c>answer</c>.</param>
/// <param name="Text">What was decided and why.</param>
[GenerateSerializer, Immutable, Alias("decision")]
public readonly record struct Decision(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string Step,
    [property: Id(2)] string Text);
