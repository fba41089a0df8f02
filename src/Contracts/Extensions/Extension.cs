using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Extensions;

/// <summary>A SIP endpoint of a tenant as it can be shown: without its password.</summary>
[GenerateSerializer, Immutable, Alias("extension")]
public sealed record Extension
{
    /// <summary>The SIP user part, case-sensitive, 1 to 64 characters of RFC 3261's unreserved and <c>+ * #</c>.</summary>
    [Id(0)]
    public required string Username { get; init; }

    /// <summary>The name shown to the called party; empty for none, up to 100 characters.</summary>
    [Id(1)]
    public string DisplayName { get; init; } = "";

    /// <summary>A disabled extension can neither register nor call nor be called. Default true.</summary>
    [Id(2)]
    public bool Enabled { get; init; } = true;

    /// <summary>Whether it may call destinations outside. Default false.</summary>
    [Id(3)]
    public bool AllowExternalCalls { get; init; }

    /// <summary>Whether its calls are recorded where recording is on. Default false.</summary>
    [Id(4)]
    public bool RecordCalls { get; init; }

    /// <summary>Put before the number it dials to an outside destination; empty for none.</summary>
    [Id(5)]
    public string Prefix { get; init; } = "";

    /// <summary>Where calls go when it is busy, off-line or silent: an extension's username, <see cref="VoiceMail"/>, or empty for nowhere.</summary>
    [Id(6)]
    public string Redirection { get; init; } = "";

    /// <summary>The only destination it may use for outside calls; empty for every route.</summary>
    [Id(7)]
    public string ExternalRoute { get; init; } = "";

    /// <summary>Overrides the tenant's challenge; null takes the tenant's.</summary>
    [Id(8)]
    public DigestAlgorithm? DigestAlgorithm { get; init; }

    /// <summary>Overrides what keeps the ways to its phones open; null takes the tenant's.</summary>
    [Id(9)]
    public KeepAlive? KeepAlive { get; init; }

    /// <summary>Whether its phones are asked to encrypt their media. Default Off.</summary>
    [Id(10)]
    public MediaEncryption MediaEncryption { get; init; }

    /// <summary>
    /// The suites of SRTP with keys in SDP that are offered and taken, in that order: names of <see cref="Calls.SrtpSuites"/>, a space between. Empty, the
    /// default, for all of them.
    /// </summary>
    [Id(11)]
    public string SrtpSuites { get; init; } = "";

    /// <summary>
    /// What it may call as besides its username, written as usernames are, a space between (<see cref="CallerIdentities"/>): its direct number outside,
    /// or its group's. Empty, the default, for nothing else.
    /// </summary>
    [Id(30)]
    public string Identities { get; init; } = "";

    /// <summary>
    /// How long it rings before it is silent and <see cref="Redirection"/> takes the call. Null, the default, for as long as the tenant's phones ring; without
    /// a redirection it always is. 5 s to 10 min.
    /// </summary>
    [Id(60)]
    public TimeSpan? RedirectionTimeout { get; init; }

    /// <summary>The <see cref="Redirection"/> that means the tenant's voice mail destination.</summary>
    public const string VoiceMail = "voicemail";
}
