namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A positional record: its parameters are carried without a number.</summary>
[GenerateSerializer]
public sealed record Point(int X, int Y)
{
    [Id(0)]
    public string Label { get; init; } = "";

    public string Lost { get; init; } = "";
}
