using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Nodes;

/// <summary>A SIP message on its way between two nodes.</summary>
/// <param name="Bytes">The message as on the wire.</param>
[GenerateSerializer, Alias("sip-bytes")]
public sealed record SipBytes([property: Id(0)] ImmutableArray<byte> Bytes);
