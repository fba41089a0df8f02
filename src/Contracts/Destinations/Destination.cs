using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Destinations;

/// <summary>A gateway, carrier or proxy that numbers can be routed to, as it can be shown: without its password.</summary>
[GenerateSerializer, Alias("destination")]
public sealed record Destination
{
    /// <summary>The most characters of <see cref="TlsAuthorities"/>: about ten certificates.</summary>
    public const int MaxTlsAuthoritiesLength = 16_384;

    /// <summary>Names it within the tenant, 1 to 64 characters.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Kind of the far side. Default UA.</summary>
    [Id(1)]
    public DestinationType Type { get; init; } = DestinationType.Ua;

    /// <summary>The account's user part there, or the extension's username for type Extension; empty for none.</summary>
    [Id(2)]
    public string Username { get; init; } = "";

    /// <summary>The digest username where it differs from <see cref="Username"/>; empty when it does not.</summary>
    [Id(3)]
    public string AuthUsername { get; init; } = "";

    /// <summary>Whether a password is stored.</summary>
    [Id(4)]
    public bool HasPassword { get; init; }

    /// <summary>Whether we register there. Default false.</summary>
    [Id(5)]
    public bool Register { get; init; }

    /// <summary>Registration lifetime or OPTIONS period; zero for none. Default 1 h.</summary>
    [Id(6)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The domain in the Request-URI and To; empty takes <see cref="Gateway"/>.</summary>
    [Id(7)]
    public string Domain { get; init; } = "";

    /// <summary>Host name or address that requests are sent to; empty only for type Extension.</summary>
    [Id(8)]
    public string Gateway { get; init; } = "";

    /// <summary>Its port, 1 to 65535; 0 has it found by DNS, SRV (RFC 3263 §4.2). Default 5060.</summary>
    [Id(9)]
    public int Port { get; init; } = 5060;

    /// <summary>UDP, TCP or TLS; None with port 0 has it found by DNS, NAPTR (RFC 3263 §4.1), otherwise it is UDP. Default UDP.</summary>
    [Id(10)]
    public Transport Transport { get; init; } = Transport.Udp;

    /// <summary>The most calls at a time; zero for no limit. Default zero.</summary>
    [Id(11)]
    public int Capacity { get; init; }

    /// <summary>Whether OPTIONS are sent to see that it lives. Default false.</summary>
    [Id(12)]
    public bool Ping { get; init; }

    /// <summary>Whether routes may use it and its address is known as a caller. Default true.</summary>
    [Id(13)]
    public bool Enabled { get; init; } = true;

    /// <summary>Whether the route's prefix is cut off the number. Default false.</summary>
    [Id(14)]
    public bool RemovePrefix { get; init; }

    /// <summary>Put before the number after that; empty for none.</summary>
    [Id(15)]
    public string AddPrefix { get; init; } = "";

    /// <summary>Whether it is asked to encrypt its media. Default Off.</summary>
    [Id(16)]
    public MediaEncryption MediaEncryption { get; init; }

    /// <summary>The translation profile's name. Default <c>Default</c>.</summary>
    [Id(17)]
    public string TranslationProfile { get; init; } = "Default";

    /// <summary>
    /// Certificates of the only authorities that may vouch for its name over TLS, as PEM, up to <see cref="MaxTlsAuthoritiesLength"/> characters;
    /// empty for those of the system. Default empty.
    /// </summary>
    [Id(18)]
    public string TlsAuthorities { get; init; } = "";

    /// <summary>Whether a certificate for <c>*.example.com</c> names <c>sip.example.com</c>, which RFC 5922 §7.2 forbids. Default false.</summary>
    [Id(19)]
    public bool TlsWildcards { get; init; }

    /// <summary>
    /// The suites of SRTP with keys in SDP that are offered and taken, in that order: names of <see cref="Calls.SrtpSuites"/>, a space between. Empty, the
    /// default, for all of them.
    /// </summary>
    [Id(20)]
    public string SrtpSuites { get; init; } = "";

    /// <summary>
    /// Whether it belongs to our trust domain (RFC 3325 §2): what it asserts of its callers is believed, and it is told who ours are, also those who want
    /// to stay anonymous. Default false.
    /// </summary>
    [Id(30)]
    public bool Trusted { get; init; }

    /// <summary>What becomes of its wish to transfer the other party (REFER); null, the default, for what the tenant's settings say.</summary>
    [Id(76)]
    public TransferPolicy? Transfers { get; init; }
}
