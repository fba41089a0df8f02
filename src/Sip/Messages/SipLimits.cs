namespace TekSipCloud.Sip.Messages;

/// <summary>How much of each element a peer may send. Immutable; shared by all parsers of a listener.</summary>
public sealed record SipLimits
{
    /// <summary>The defaults below.</summary>
    public static SipLimits Default { get; } = new();

    /// <summary>Largest message in bytes. Default: 65,535, the largest UDP datagram that RFC 3261 §18.1.1 obliges us to
    /// take.</summary>
    public int MaxMessageBytes { get; init; } = 65_535;

    /// <summary>Largest body in bytes. Default: 65,535, no less than a message.</summary>
    public int MaxBodyBytes { get; init; } = 65_535;

    /// <summary>Most header lines. Default: 256, twice what 70 hops with Via and Record-Route need.</summary>
    public int MaxHeaderLines { get; init; } = 256;

    /// <summary>Longest header line in bytes, folded parts and name included. Default: 8,192, nginx's large header
    /// buffer.</summary>
    public int MaxLineBytes { get; init; } = 8_192;

    /// <summary>Longest start line in bytes. Default: 4,096, twice the URI length every HTTP implementation
    /// takes.</summary>
    public int MaxStartLineBytes { get; init; } = 4_096;

    /// <summary>Longest tag, branch, Call-ID and method in bytes. Default: 1,024, four times the longest of RFC 4475
    /// §3.1.1.7.</summary>
    public int MaxIdentifierBytes { get; init; } = 1_024;
}
