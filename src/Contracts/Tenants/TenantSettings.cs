using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Contracts.Tenants;

/// <summary>A tenant's settings; a change applies to the next request.</summary>
[GenerateSerializer, Alias("tenant-settings")]
public sealed record TenantSettings
{
    /// <summary>The digest challenge phones get. Default MD5: several phones refuse a challenge that names SHA-256.</summary>
    [Id(0)]
    public DigestAlgorithm DigestAlgorithm { get; init; } = DigestAlgorithm.Md5;

    /// <summary>Whether registrations outlive a restart (the manual's Save Registrations). Default true.</summary>
    [Id(1)]
    public bool SaveRegistrations { get; init; } = true;

    /// <summary>The shortest lifetime of a binding; a shorter wish is answered 423 (RFC 3261 §10.3). Default 60 s; 1 s to 1 day.</summary>
    [Id(2)]
    public TimeSpan MinExpires { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest lifetime of a binding; a longer wish is shortened. Default 1 h; up to 7 days.</summary>
    [Id(3)]
    public TimeSpan MaxExpires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The lifetime of a binding that asks for none. Default 1 h.</summary>
    [Id(4)]
    public TimeSpan DefaultExpires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The most devices one extension can have registered. Default 10; 1 to 100.</summary>
    [Id(5)]
    public int MaxBindings { get; init; } = 10;

    /// <summary>How long a called phone rings before the call is redirected or ends with 480. Default 60 s; 5 s to 10 min.</summary>
    [Id(6)]
    public TimeSpan RingTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After this an answered call is ended (the manual's Maximum Session Duration). Null, the default, for never.</summary>
    [Id(7)]
    public TimeSpan? MaxSessionDuration { get; init; }

    /// <summary>Where calls go whose extension redirects to voice mail: a destination's name. Null, the default, for nowhere.</summary>
    [Id(8)]
    public string? VoiceMailDestination { get; init; }

    /// <summary>
    /// Whether the answer to a REGISTER tells the phone to send its further requests to the node that it registered at (RFC 3608). Default
    /// false: few phones need it and some mind it.
    /// </summary>
    [Id(9)]
    public bool ServiceRoute { get; init; }

    /// <summary>What keeps the ways to phones behind NATs open. Default <see cref="Registrations.KeepAlive.Crlf"/>.</summary>
    [Id(10)]
    public KeepAlive KeepAlive { get; init; } = KeepAlive.Crlf;

    /// <summary>How often, give or take a tenth. Default 30 s: NATs may forget a UDP flow after that (RFC 4787 §4.3). 5 s to 10 min.</summary>
    [Id(11)]
    public TimeSpan KeepAlivePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// OPTIONS in a row without an answer after which a device counts as unreachable and is not called until it answers or registers
    /// again. Default 3; 0 for never, up to 100.
    /// </summary>
    [Id(12)]
    public int KeepAliveMisses { get; init; } = 3;

    /// <summary>
    /// Whether calls of extensions that are to be recorded are (the manual's Media). They are G.711 then: a call without it is refused with 488.
    /// Default false.
    /// </summary>
    [Id(13)]
    public bool RecordAudio { get; init; }

    /// <summary>Whether both parties are recorded on one channel. Default false: each has its own.</summary>
    [Id(14)]
    public bool MixRecordings { get; init; }

    /// <summary>Whether a party that is put on hold hears music (the manual's Music on Hold). Default true.</summary>
    [Id(20)]
    public bool MusicOnHold { get; init; } = true;

    /// <summary>
    /// Whether a caller hears why before a call is refused: that nobody has the number, or that it cannot be reached. Default false: phones
    /// say so themselves.
    /// </summary>
    [Id(21)]
    public bool AnnounceRefusals { get; init; }

    /// <summary>Whether both parties are warned 30 s before <see cref="MaxSessionDuration"/> ends their call (the manual's Mid-Call Announcement). Default false.</summary>
    [Id(22)]
    public bool AnnounceCallEnd { get; init; }

    /// <summary>The number where an extension hears itself, unless an extension has it. Default *43; empty for none.</summary>
    [Id(23)]
    public string EchoNumber { get; init; } = "*43";

    /// <summary>The number where an extension hears the music on hold, unless an extension has it. Default *44; empty for none.</summary>
    [Id(24)]
    public string MusicNumber { get; init; } = "*44";

    /// <summary>
    /// What an extension dials before the number of another one that rings, to take its call (the manual's Enable Call Pick-Up). Default *8; empty for
    /// no pick-up.
    /// </summary>
    [Id(70)]
    public string PickUpPrefix { get; init; } = "*8";

    /// <summary>
    /// By which payload types codecs are offered (the manual's Translation: codec ids), as <see cref="CodecIds"/> reads it. Empty, the default, for those of
    /// the other party.
    /// </summary>
    [Id(40)]
    public string CodecIds { get; init; } = "";

    /// <summary>Whether phones that do not say what they are, by User-Agent, are refused (the manual's Ignore Calls with Null User Agent). Default false.</summary>
    [Id(50)]
    public bool IgnoreNullUserAgent { get; init; }

    /// <summary>What <see cref="UserAgents"/> is a list of (the manual's User Agent Policy). Default <see cref="Tenants.UserAgentPolicy.Off"/>.</summary>
    [Id(51)]
    public UserAgentPolicy UserAgentPolicy { get; init; }

    /// <summary>Parts of User-Agent values, a semicolon between, as <see cref="Tenants.UserAgents"/> reads them. Default empty.</summary>
    [Id(52)]
    public string UserAgents { get; init; } = "";

    /// <summary>
    /// Whether a callee's 3xx is followed here (the manual's Process 3xx Responses Locally). Default false: the caller gets it, with its contacts.
    /// </summary>
    [Id(90)]
    public bool ProcessRedirects { get; init; }

    /// <summary>
    /// Whether registrations and requests need credentials (the manual's Enable SIP Authentication). Default true; false counts only in networks that the
    /// node's operator trusts.
    /// </summary>
    [Id(60)]
    public bool SipAuthentication { get; init; } = true;

    /// <summary>
    /// Whether who calls an extension must be one of the tenant's, or a destination (the manual's Authenticate Calls to Local Endpoints). Default true; false
    /// lets everybody call extensions, and nothing else, under an address that is not the tenant's.
    /// </summary>
    [Id(61)]
    public bool AuthenticateLocalCalls { get; init; } = true;

    /// <summary>What becomes of a party's wish to transfer the other one (REFER). Default <see cref="TransferPolicy.CarryOut"/>.</summary>
    [Id(75)]
    public TransferPolicy Transfers { get; init; }
}
