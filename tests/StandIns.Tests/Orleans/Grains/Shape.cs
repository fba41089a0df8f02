namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[GenerateSerializer]
public abstract record Shape
{
    [Id(0)]
    public required string Name { get; init; }
}
