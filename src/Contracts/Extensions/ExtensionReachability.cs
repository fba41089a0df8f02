using System.Collections.Immutable;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Contracts.Extensions;

/// <summary>How an extension can be called now.</summary>
/// <param name="Extension">Its settings.</param>
/// <param name="Bindings">Its live bindings, highest q first.</param>
[GenerateSerializer, Immutable, Alias("extension-reachability")]
public sealed record ExtensionReachability(
    [property: Id(0)] Extension Extension,
    [property: Id(1)] ImmutableArray<Binding> Bindings);
