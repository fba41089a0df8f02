using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Calls;

/// <summary>The messages of a call, or with a Call-ID, that are still in a node's memory, oldest first.</summary>
/// <param name="Messages">At most <see cref="MaxMessages"/>: of more the latest.</param>
[GenerateSerializer, Alias("call-trace")]
public sealed record CallTrace([property: Id(0)] ImmutableArray<TraceMessage> Messages)
{
    /// <summary>The most messages of one trace.</summary>
    public const int MaxMessages = 1_000;
}
