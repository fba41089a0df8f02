namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[GenerateSerializer]
public sealed record Circle : Shape
{
    [Id(0)]
    public required double Radius { get; init; }
}
