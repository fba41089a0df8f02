using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Registrations;

/// <summary>All live bindings of an AOR.</summary>
/// <param name="Bindings">Highest q first, then the most recent.</param>
[GenerateSerializer, Immutable, Alias("binding-set")]
public sealed record BindingSet([property: Id(0)] ImmutableArray<Binding> Bindings)
{
    /// <summary>No binding.</summary>
    public static BindingSet Empty { get; } = new([]);
}
