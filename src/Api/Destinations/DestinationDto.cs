using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Destinations;

/// <summary>A gateway, carrier or proxy that numbers can be routed to; its password is never shown.</summary>
/// <param name="Name">Names it within the tenant.</param>
/// <param name="Type">How calls are handed over.</param>
/// <param name="Username">The account's user part there, or the extension's username for type <c>extension</c>.</param>
/// <param name="AuthUsername">The digest username where it differs.</param>
/// <param name="HasPassword">Whether a password is stored.</param>
/// <param name="Register">Whether we register there: kept, not done yet.</param>
/// <param name="TimeoutSeconds">Registration lifetime or OPTIONS period; zero for none. Kept, not done yet.</param>
/// <param name="Domain">The domain in the Request-URI and To; empty takes the gateway.</param>
/// <param name="Gateway">Host name or address that requests are sent to.</param>
/// <param name="Port">Its port.</param>
/// <param name="Transport">UDP, TCP or TLS.</param>
/// <param name="Capacity">The most calls at a time; zero for no limit.</param>
/// <param name="Ping">Whether OPTIONS are sent to see that it lives: kept, not done yet.</param>
/// <param name="Enabled">Whether routes may use it.</param>
/// <param name="RemovePrefix">Whether the route's prefix is cut off the number.</param>
/// <param name="AddPrefix">Put before the number after that.</param>
/// <param name="MediaEncryption">Whether it is asked to encrypt its media (SRTP): <c>off</c>; <c>preferred</c>, beside plain RTP; <c>required</c>,
/// without which there is no call; or <c>dtls</c>, the same with ICE and keys by DTLS, as browsers do it (WebRTC). One that offers nothing but SRTP is
/// always answered in kind.</param>
/// <param name="TranslationProfile">The translation profile's name.</param>
/// <param name="TlsAuthorities">Certificates, as PEM, of the only authorities that may vouch for its name over TLS; empty for those of the
/// system.</param>
/// <param name="TlsWildcards">Whether a certificate for <c>*.example.com</c> names <c>sip.example.com</c>.</param>
/// <param name="SrtpSuites">The suites of SRTP with keys in SDP that are offered and taken, in that order, of <c>AES_CM_128_HMAC_SHA1_80</c>,
/// <c>AEAD_AES_256_GCM</c>, <c>AEAD_AES_128_GCM</c> and <c>AES_CM_128_HMAC_SHA1_32</c>; none for all of them in this order.</param>
/// <param name="Trusted">Whether it belongs to our trust domain (RFC 3325): what it asserts of its callers is believed, and it is told who ours are, also those
/// who want to stay anonymous.</param>
/// <param name="Transfers">Whether its transfers (REFER) are carried out by the service (<c>carryOut</c>), passed to the other party's phone (<c>passThrough</c>), or refused
/// (<c>refuse</c>); null for what the tenant's settings say.</param>
/// <param name="ETag">The version, as <c>If-Match</c> takes it.</param>
internal sealed record DestinationDto(
    string Name,
    DestinationType Type,
    string Username,
    string AuthUsername,
    bool HasPassword,
    bool Register,
    int TimeoutSeconds,
    string Domain,
    string Gateway,
    int Port,
    Transport Transport,
    int Capacity,
    bool Ping,
    bool Enabled,
    bool RemovePrefix,
    string AddPrefix,
    MediaEncryption MediaEncryption,
    string TranslationProfile,
    string TlsAuthorities,
    bool TlsWildcards,
    IReadOnlyList<string> SrtpSuites,
    bool Trusted,
    TransferPolicy? Transfers,
    string ETag)
{
    public static DestinationDto From(Versioned<Destination> versioned)
    {
        var destination = versioned.Value;
        return new(
            destination.Name,
            destination.Type,
            destination.Username,
            destination.AuthUsername,
            destination.HasPassword,
            destination.Register,
            (int)destination.Timeout.TotalSeconds,
            destination.Domain,
            destination.Gateway,
            destination.Port,
            destination.Transport,
            destination.Capacity,
            destination.Ping,
            destination.Enabled,
            destination.RemovePrefix,
            destination.AddPrefix,
            destination.MediaEncryption,
            destination.TranslationProfile,
            destination.TlsAuthorities,
            destination.TlsWildcards,
            Contracts.Calls.SrtpSuites.Split(destination.SrtpSuites),
            destination.Trusted,
            destination.Transfers,
            ETags.ToHeader(versioned.ETag));
    }
}
