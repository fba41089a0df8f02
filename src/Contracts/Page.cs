using System.Collections.Immutable;

namespace TekSipCloud.Contracts;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the list's order; may be empty although more follow.</param>
/// <param name="Cursor">Opaque; pass it back for the next page. Null at the end.</param>
[GenerateSerializer, Alias("page`1")]
public sealed record Page<T>([property: Id(0)] ImmutableArray<T> Items, [property: Id(1)] string? Cursor);
