using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A grain that shows when its turns begin and end.</summary>
internal interface ITurns : IGrainWithStringKey
{
    Task Note(string text);

    Task Hold(string gate);

    [ReadOnly]
    Task HoldReading(string gate);

    [OneWay]
    Task Tell(string gate);

    [ResponseTimeout("00:00:00.300")]
    Task HoldBriefly(string gate);

    [AlwaysInterleave]
    Task<ImmutableArray<string>> Peek();

    /// <summary>Blocks its thread at the gate.</summary>
    Task Block(string gate);

    Task<int> Race(int rounds);
}
