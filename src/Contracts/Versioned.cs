namespace TekSipCloud.Contracts;

/// <summary>A value with the version it was read at.</summary>
/// <param name="Value">The value.</param>
/// <param name="ETag">Opaque; pass it back with a change so that a concurrent change is noticed.</param>
[GenerateSerializer, Alias("versioned`1")]
public sealed record Versioned<T>([property: Id(0)] T Value, [property: Id(1)] string ETag);
