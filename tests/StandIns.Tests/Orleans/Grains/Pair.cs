namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[GenerateSerializer]
public readonly record struct Pair<T>([property: Id(0)] T Left, [property: Id(1)] T Right);
