using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using TekSipCloud.Contracts.Configuration;

namespace TekSipCloud.Gateway;

/// <summary>What a node's gateway listens on and how it names itself. Section <c>Gateway</c>.</summary>
public sealed class GatewayOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>
    /// The address that sockets are bound to, or one of each family with a comma between. Default <c>0.0.0.0</c>: every IPv4 address;
    /// <c>0.0.0.0,::</c> is every address there is.
    /// </summary>
    public string Bind { get; set; } = "0.0.0.0";

    /// <summary>
    /// What phones and carriers are told (Via, Contact, SDP): a host name, whose addresses for SDP are looked up each minute, or an address, or
    /// one of each family with a comma between. Empty, the default: the bound address, or the machine's own when bound to any.
    /// </summary>
    public string External { get; set; } = "";

    /// <summary>UDP and TCP port. Default 5060 (RFC 3261 §19.1.2); 0 takes a free one.</summary>
    [Range(0, 65535)]
    public int SipPort { get; set; } = 5060;

    /// <summary>TLS port. Default 5061 (RFC 3261 §19.1.2); 0 takes a free one, negative opens none.</summary>
    [Range(-1, 65535)]
    public int SipsPort { get; set; } = 5061;

    /// <summary>First and last media port, even to odd, as <c>from-to</c>. Default 20000-29999: 2,500 calls.</summary>
    [Required, RegularExpression(@"^\d{1,5}-\d{1,5}$", ErrorMessage = "The media ports are given as from-to, e.g. 20000-29999.")]
    public string RtpPorts { get; set; } = "20000-29999";

    /// <summary>Whether TCP peers may offer their connections for a port of their own address (RFC 5923 <c>alias</c>). Default false: it proves
    /// nothing. Over mutual TLS it is always taken.</summary>
    public bool TcpAliases { get; set; }

    /// <summary>
    /// Networks of a trusted lab, as <c>192.0.2.0/24</c>, with a comma between: phones there need no credentials where their tenant has turned SIP
    /// authentication off. Empty, the default: phones need them everywhere. Packets from elsewhere must not be able to bear such a source.
    /// </summary>
    public string TrustedNetworks { get; set; } = "";

    /// <summary>
    /// Signalling loops, each a thread of its own. Default 0: one per four cores, at most four. One carries some ten thousand registrations or a
    /// thousand calls each second; more of them than cores to spare only change threads more often.
    /// </summary>
    [Range(0, 64)]
    public int Loops { get; set; }

    /// <summary>
    /// UDP sockets that share the SIP port, each read by a loop of its own; the system spreads the peers over them (Linux). Default 1. More pay
    /// where one loop is not enough and the traffic comes from many addresses; at most as many as loops are opened.
    /// </summary>
    [Range(1, 64)]
    public int UdpSockets { get; set; } = 1;

    /// <summary>
    /// Whether signalling loops read and write their UDP sockets themselves, in batches (64-bit Linux). Default true; false gives each socket a
    /// thread that hands over every message, as on other systems.
    /// </summary>
    public bool UdpBatches { get; set; } = true;

    /// <summary>The most extensions whose credentials are kept. Default 200,000 (about 150 MB when full).</summary>
    [Range(1_000, 10_000_000)]
    public int CachedCredentials { get; set; } = 200_000;

    /// <summary>Calls waiting to be written before new ones are refused with 503. Default 100,000: a minute of 1,500 calls a second, in about 300 MB.</summary>
    [Range(100, 1_000_000)]
    public int CallBacklog { get; set; } = 100_000;

    /// <summary>Memory of each loop for the latest SIP messages, in MiB. Default 16, about 20,000 messages; 0 keeps none.</summary>
    [Range(0, 1024)]
    public int TraceMegabytes { get; set; } = 16;

    /// <summary>How long a read from a grain may take before the request is answered 503. Default 2 s.</summary>
    [DurationRange("00:00:00.1", "00:00:30")]
    public TimeSpan ReadDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a durable write may take before the request is answered 503. Default 5 s.</summary>
    [DurationRange("00:00:00.1", "00:00:30")]
    public TimeSpan WriteDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a destination's server may be silent before the next server or route is tried; the last one has the whole 64*T1. Default 4 s:
    /// four of the INVITE's repetitions (RFC 3263 §4.3 leaves the time open).
    /// </summary>
    [DurationRange("00:00:00.5", "00:00:32")]
    public TimeSpan TargetTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a server that failed is passed over while its destination has others. Default 30 s; zero for not at all.</summary>
    [DurationRange("00:00:00", "01:00:00")]
    public TimeSpan TargetPenalty { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest a server's Retry-After may make that. Default 5 min.</summary>
    [DurationRange("00:00:01", "1.00:00:00")]
    public TimeSpan MaxTargetPenalty { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long an answered call may be without RTP and RTCP from either party before it is ended. Default 5 min: longer than any phone is silent
    /// that only suppresses silence, while what nobody hangs up does not run on for hours. Zero for ever.
    /// </summary>
    [DurationRange("00:00:00", "1.00:00:00")]
    public TimeSpan MediaTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The same while a party holds the call. Default 1 h; zero for ever.</summary>
    [DurationRange("00:00:00", "1.00:00:00")]
    public TimeSpan HeldMediaTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The session interval (RFC 4028) that both ends of each leg are asked for, and the longest that they get unless they insist. Default 30 min,
    /// which RFC 4028 §7.1 recommends; zero asks nobody, and who asks gets it all the same.
    /// </summary>
    [DurationRange("00:00:00", "1.00:00:00")]
    public TimeSpan SessionExpires { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The shortest session interval that is taken; less is answered 422. Default 90 s, and no less (RFC 4028 §4).</summary>
    [DurationRange("00:01:30", "1.00:00:00")]
    public TimeSpan MinSessionExpires { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// How long a stop (SIGTERM, Ctrl-C) waits for calls in progress, taking no new ones, before it ends them. Default 0: a developer's Ctrl-C
    /// ends at once; servers give it minutes, and the same to whatever would kill the process. A second signal ends the wait.
    /// </summary>
    [DurationRange("00:00:00", "1.00:00:00")]
    public TimeSpan DrainDeadline { get; set; }

    /// <summary>The bound addresses, at most one of a family.</summary>
    /// <exception cref="FormatException">One of them is none.</exception>
    public IReadOnlyList<IPAddress> BindAddresses => [.. Split(Bind).Select(IPAddress.Parse)];

    /// <summary>The address families that there are sockets of.</summary>
    public IReadOnlyCollection<AddressFamily> Families => [.. BindAddresses.Select(a => a.AddressFamily)];

    /// <summary>The host name that phones and carriers are told; empty for none.</summary>
    public string ExternalName => External.Length > 0 && ExternalAddresses.Count == 0 ? External : "";

    /// <summary>The addresses that phones and carriers are told, at most one of a family; empty for a name and for none.</summary>
    public IReadOnlyList<IPAddress> ExternalAddresses =>
        Split(External).Select(text => IPAddress.TryParse(text, out var address) ? address : null).ToArray() is var all && !all.Contains(null)
            ? [.. all.OfType<IPAddress>()]
            : [];

    /// <summary>The networks of a trusted lab.</summary>
    /// <exception cref="FormatException">One of them is none.</exception>
    public IReadOnlyList<IPNetwork> TrustedIPNetworks => [.. Split(TrustedNetworks).Select(text => IPNetwork.Parse(text))];

    /// <summary>The media ports' bounds.</summary>
    public (int First, int Last) RtpRange =>
        RtpPorts.Split('-') is [var first, var last] ? (int.Parse(first, null), int.Parse(last, null)) : default;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Array.TrueForAll(Split(Bind), text => IPAddress.TryParse(text, out _)) || Split(Bind).Length == 0 || !IsOnePerFamily(BindAddresses))
            yield return new("Bind is an IP address, or an IPv4 and an IPv6 address with a comma between.", [nameof(Bind)]);
        if (External.Contains(',', StringComparison.Ordinal) && (ExternalAddresses.Count == 0 || !IsOnePerFamily(ExternalAddresses)))
            yield return new("External is a host name, an IP address, or an IPv4 and an IPv6 address with a comma between.", [nameof(External)]);
        if (!Array.TrueForAll(Split(TrustedNetworks), text => IPNetwork.TryParse(text, out _)))
            yield return new("TrustedNetworks are networks such as 192.0.2.0/24, with a comma between.", [nameof(TrustedNetworks)]);
        if (SessionExpires != TimeSpan.Zero && SessionExpires < MinSessionExpires)
            yield return new("SessionExpires is zero, or not less than MinSessionExpires.", [nameof(SessionExpires)]);
    }

    /// <summary>What phones and carriers of a family are told; null when nothing is set for it.</summary>
    public string? ExternalHostOf(AddressFamily family) =>
        ExternalName.Length > 0 ? ExternalName : ExternalAddresses.FirstOrDefault(a => a.AddressFamily == family)?.ToString();

    private static bool IsOnePerFamily(IReadOnlyList<IPAddress> addresses) =>
        addresses.Select(a => a.AddressFamily).Distinct().Count() == addresses.Count;

    private static string[] Split(string addresses) =>
        addresses.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
