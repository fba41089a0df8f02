namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>Said never to change.</summary>
[GenerateSerializer, Immutable]
public sealed class Frozen
{
    [Id(0)]
    public List<int> Numbers { get; init; } = [];
}
