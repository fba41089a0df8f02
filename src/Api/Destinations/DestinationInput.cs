using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Destinations;

/// <summary>A destination to be added or replaced.</summary>
/// <param name="Name">1 to 64 characters; the one of the path in a PUT.</param>
/// <param name="Type">How calls are handed over.</param>
/// <param name="Username">The account's user part there, or the extension's username for type <c>extension</c>.</param>
/// <param name="AuthUsername">The digest username where it differs.</param>
/// <param name="Password">Null or empty keeps the stored one.</param>
/// <param name="Register">Whether we register there: kept, not done yet.</param>
/// <param name="TimeoutSeconds">Registration lifetime or OPTIONS period; zero for none. Kept, not done yet.</param>
/// <param name="Domain">The domain in the Request-URI and To; empty takes the gateway.</param>
/// <param name="Gateway">Host name or address that requests are sent to; empty only for type <c>extension</c>.</param>
/// <param name="Port">Its port, 1 to 65535; 0 has it found by DNS (SRV).</param>
/// <param name="Transport">UDP, TCP or TLS; none, with port 0, has it found by DNS (NAPTR).</param>
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
/// <param name="TlsWildcards">Whether a certificate for <c>*.example.com</c> names <c>sip.example.com</c>, which RFC 5922 §7.2 forbids.</param>
/// <param name="SrtpSuites">The suites of SRTP with keys in SDP that are offered and taken, in that order, of <c>AES_CM_128_HMAC_SHA1_80</c>,
/// <c>AEAD_AES_256_GCM</c>, <c>AEAD_AES_128_GCM</c> and <c>AES_CM_128_HMAC_SHA1_32</c>; none for all of them in this order.</param>
/// <param name="Trusted">Whether it belongs to our trust domain (RFC 3325): what it asserts of its callers is believed, and it is told who ours are, also those
/// who want to stay anonymous.</param>
/// <param name="Transfers">Whether its transfers (REFER) are carried out by the service (<c>carryOut</c>), passed to the other party's phone (<c>passThrough</c>), or refused
/// (<c>refuse</c>); null for what the tenant's settings say.</param>
internal sealed record DestinationInput(
    string Name,
    DestinationType Type = DestinationType.Ua,
    string Username = "",
    string AuthUsername = "",
    string? Password = null,
    bool Register = false,
    int TimeoutSeconds = 3600,
    string Domain = "",
    string Gateway = "",
    int Port = 5060,
    Transport Transport = Transport.Udp,
    int Capacity = 0,
    bool Ping = false,
    bool Enabled = true,
    bool RemovePrefix = false,
    string AddPrefix = "",
    MediaEncryption MediaEncryption = MediaEncryption.Off,
    string TranslationProfile = "Default",
    string TlsAuthorities = "",
    bool TlsWildcards = false,
    IReadOnlyList<string>? SrtpSuites = null,
    bool Trusted = false,
    TransferPolicy? Transfers = null)
{
    public Destination ToDestination() => new()
    {
        Name = Name,
        Type = Type,
        Username = Username,
        AuthUsername = AuthUsername,
        Register = Register,
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        Domain = Domain,
        Gateway = Gateway,
        Port = Port,
        Transport = Transport,
        Capacity = Capacity,
        Ping = Ping,
        Enabled = Enabled,
        RemovePrefix = RemovePrefix,
        AddPrefix = AddPrefix,
        MediaEncryption = MediaEncryption,
        TranslationProfile = TranslationProfile,
        TlsAuthorities = TlsAuthorities,
        TlsWildcards = TlsWildcards,
        SrtpSuites = Contracts.Calls.SrtpSuites.Join(SrtpSuites),
        Trusted = Trusted,
        Transfers = Transfers,
    };

    /// <summary>Names the destination only, so that no password reaches a log.</summary>
    public override string ToString() => $"destination {Name}";
}
