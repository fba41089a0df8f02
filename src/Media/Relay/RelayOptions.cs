namespace TekSipCloud.Media.Relay;

/// <summary>Where and with which ports this node relays media.</summary>
public sealed class RelayOptions
{
    /// <summary>Configuration section of these options.</summary>
    public const string Section = "Media";

    /// <summary>IPv4 address the relay binds; empty switches IPv4 media off. Default 0.0.0.0.</summary>
    public string? BindAddress { get; set; } = "0.0.0.0";

    /// <summary>IPv6 address the relay binds, such as <c>::</c>; empty, the default, switches IPv6 media off.</summary>
    public string? BindAddressV6 { get; set; }

    /// <summary>
    /// IPv4 address (not a name) written into SDP; empty, the default, means the bound address, or with 0.0.0.0 the address from which this
    /// machine reaches the party.
    /// </summary>
    public string? ExternalAddress { get; set; }

    /// <summary>IPv6 address written into SDP; empty as for <see cref="ExternalAddress"/>.</summary>
    public string? ExternalAddressV6 { get; set; }

    /// <summary>First port of the range; an odd one is rounded up. Default 20000.</summary>
    public int FirstPort { get; set; } = 20000;

    /// <summary>Last port of the range, inclusive. Default 29999: 5,000 pairs, 2,500 calls per address family.</summary>
    public int LastPort { get; set; } = 29999;

    /// <summary>
    /// Relay threads; 0, the default, means one per core. More than cores only costs switches. They share the range; one that leaves each
    /// less than 64 pairs has fewer.
    /// </summary>
    public int Loops { get; set; }

    /// <summary>
    /// Port pairs kept open in advance, so that a call need not wait for four sockets (40 µs). Default 16. Those of ended calls that had no
    /// traffic stay open as well, 1,024 at most.
    /// </summary>
    public int StockPairs { get; set; } = 16;

    /// <summary>
    /// How long a released port that had traffic rests, so that a party that has not noticed the end of its call does not talk into the next one.
    /// Longer is safer and needs more ports: pairs resting = pairs released per second × this. Default 5 s: several times the
    /// round trips a BYE needs.
    /// </summary>
    public TimeSpan PortQuarantine { get; set; } = TimeSpan.FromSeconds(5);
}
