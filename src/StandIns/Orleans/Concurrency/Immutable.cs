namespace Orleans.Concurrency;

/// <summary>Carries a value that calls within a silo pass by reference.</summary>
[GenerateSerializer, Immutable]
public readonly struct Immutable<T>(T value)
{
    [Id(0)]
    public T Value { get; } = value;
}
