namespace TekSipCloud.Contracts;

/// <summary>Which page of a list is wanted.</summary>
/// <param name="Cursor">Where the last page ended; null for the first.</param>
/// <param name="Limit">The most items to return, 1 to 1,000.</param>
/// <param name="Prefix">Only items whose key starts with this; null for all.</param>
[GenerateSerializer, Alias("page-request")]
public sealed record PageRequest(
    [property: Id(0)] string? Cursor = null,
    [property: Id(1)] int Limit = 100,
    [property: Id(2)] string? Prefix = null);
