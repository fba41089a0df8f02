using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Extensions;

/// <summary>A SIP endpoint; its password is never shown.</summary>
/// <param name="Username">The SIP user part.</param>
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
/// <param name="ETag">The version, as <c>If-Match</c> takes it.</param>
internal sealed record ExtensionDto(
    string Username,
    string DisplayName,
    bool Enabled,
    bool AllowExternalCalls,
    bool RecordCalls,
    string Prefix,
    string Redirection,
    int? RedirectionTimeoutSeconds,
    string ExternalRoute,
    DigestAlgorithm? DigestAlgorithm,
    KeepAlive? KeepAlive,
    MediaEncryption MediaEncryption,
    IReadOnlyList<string> SrtpSuites,
    IReadOnlyList<string> Identities,
    string ETag)
{
    public static ExtensionDto From(Versioned<Extension> versioned)
    {
        var extension = versioned.Value;
        return new(
            extension.Username,
            extension.DisplayName,
            extension.Enabled,
            extension.AllowExternalCalls,
            extension.RecordCalls,
            extension.Prefix,
            extension.Redirection,
            (int?)extension.RedirectionTimeout?.TotalSeconds,
            extension.ExternalRoute,
            extension.DigestAlgorithm,
            extension.KeepAlive,
            extension.MediaEncryption,
            Contracts.Calls.SrtpSuites.Split(extension.SrtpSuites),
            CallerIdentities.Split(extension.Identities),
            ETags.ToHeader(versioned.ETag));
    }
}
