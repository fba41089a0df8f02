namespace TekSipCloud.Api.Nodes;

/// <summary>This process and its cluster.</summary>
/// <param name="Version">The product's version.</param>
/// <param name="Node">This process's node.</param>
/// <param name="Started">When this process started.</param>
/// <param name="GrainHost">The library that hosts the grains.</param>
/// <param name="SipDomains">The SIP domains of the tenants that the caller may see.</param>
/// <param name="SipListeners">Where phones register.</param>
/// <param name="Certificates">What it shows to those who connect by TLS; for operators, else empty.</param>
/// <param name="Nodes">Every node known.</param>
internal sealed record SystemDto(
    string Version,
    string Node,
    DateTimeOffset Started,
    string GrainHost,
    IReadOnlyList<string> SipDomains,
    IReadOnlyList<SipListenerDto> SipListeners,
    IReadOnlyList<CertificateDto> Certificates,
    IReadOnlyList<NodeDto> Nodes);
