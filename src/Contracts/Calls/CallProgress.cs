using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Calls;

/// <summary>How a call in progress goes at this moment.</summary>
/// <param name="CallerMedia">Media received from and sent to the caller; null when none is set up.</param>
/// <param name="CalleeMedia">The same of the callee; null before one answered.</param>
/// <param name="Decisions">The decision log so far, oldest first.</param>
[GenerateSerializer, Immutable, Alias("call-progress")]
public sealed record CallProgress(
    [property: Id(0)] MediaFigures? CallerMedia,
    [property: Id(1)] MediaFigures? CalleeMedia,
    [property: Id(2)] ImmutableArray<Decision> Decisions);
