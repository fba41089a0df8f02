using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Registrations;

/// <summary>Refreshes of one AOR that its gateway answered by itself.</summary>
/// <param name="Refreshed">One line a binding.</param>
/// <param name="Incarnation">The gateway's incarnation: a UDP flow that outlived the last one goes on under it.</param>
[GenerateSerializer, Immutable, Alias("binding-refresh")]
public sealed record BindingRefresh(
    [property: Id(0)] ImmutableArray<RefreshedBinding> Refreshed,
    [property: Id(1)] string Incarnation);
