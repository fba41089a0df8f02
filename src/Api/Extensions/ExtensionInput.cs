using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Extensions;

/// <summary>An extension to be added or replaced.</summary>
/// <param name="Username">1 to 64 characters; the one of the path in a PUT.</param>
/// <param name="Password">Needed for a new extension; null or empty keeps the stored one.</param>
/// <param name="DisplayName">Shown to the called party; empty for none.</param>
/// <param name="Enabled">A disabled extension can neither register nor call nor be called.</param>
/// <param name="AllowExternalCalls">Whether it may call destinations outside.</param>
/// <param name="RecordCalls">Whether its calls are recorded where recording is on.</param>
/// <param name="Prefix">Put before the numbers it dials to an outside destination.</param>
/// <param name="Redirection">Where calls go when it is busy, off-line or silent: a username, <c>voicemail</c>, or empty.</param>
/// <param name="RedirectionTimeoutSeconds">How long it rings, 5 to 600, before it is silent and redirected; null takes the tenant's
/// <c>ringTimeoutSeconds</c>. Without a redirection it means nothing.</param>
/// <param name="ExternalRoute">The only destination it may use for outside calls; empty for every route.</param>
/// <param name="DigestAlgorithm">Overrides the tenant's challenge; null takes the tenant's.</param>
/// <param name="KeepAlive">Overrides what keeps the ways to its phones open; null takes the tenant's.</param>
/// <param name="MediaEncryption">Whether its phones are asked to encrypt their media (SRTP): <c>off</c>; <c>preferred</c>, beside plain RTP; <c>required</c>,
/// without which there is no call; or <c>dtls</c>, the same with ICE and keys by DTLS, as browsers do it (WebRTC). A phone that offers nothing but SRTP is
/// always answered in kind. One that registered by a WebSocket is always offered it like a browser.</param>
/// <param name="SrtpSuites">The suites of SRTP with keys in SDP that are offered and taken, in that order, of <c>AES_CM_128_HMAC_SHA1_80</c>,
/// <c>AEAD_AES_256_GCM</c>, <c>AEAD_AES_128_GCM</c> and <c>AES_CM_128_HMAC_SHA1_32</c>; none for all of them in this order.</param>
/// <param name="Identities">What it may call as besides its username, such as its direct number: up to 20, written as usernames are. A call as anything else is
/// refused with 403.</param>
internal sealed record ExtensionInput(
    string Username,
    string? Password = null,
    string DisplayName = "",
    bool Enabled = true,
    bool AllowExternalCalls = false,
    bool RecordCalls = false,
    string Prefix = "",
    string Redirection = "",
    int? RedirectionTimeoutSeconds = null,
    string ExternalRoute = "",
    DigestAlgorithm? DigestAlgorithm = null,
    KeepAlive? KeepAlive = null,
    MediaEncryption MediaEncryption = MediaEncryption.Off,
    IReadOnlyList<string>? SrtpSuites = null,
    IReadOnlyList<string>? Identities = null)
{
    public Extension ToExtension() => new()
    {
        Username = Username,
        DisplayName = DisplayName,
        Enabled = Enabled,
        AllowExternalCalls = AllowExternalCalls,
        RecordCalls = RecordCalls,
        Prefix = Prefix,
        Redirection = Redirection,
        RedirectionTimeout = RedirectionTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        ExternalRoute = ExternalRoute,
        DigestAlgorithm = DigestAlgorithm,
        KeepAlive = KeepAlive,
        MediaEncryption = MediaEncryption,
        SrtpSuites = Contracts.Calls.SrtpSuites.Join(SrtpSuites),
        Identities = CallerIdentities.Join(Identities),
    };

    /// <summary>Names the extension only, so that no password reaches a log.</summary>
    public override string ToString() => $"extension {Username}";
}
