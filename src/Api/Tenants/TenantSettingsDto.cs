using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tenants;

/// <summary>A tenant's settings; a change applies to the next request.</summary>
/// <param name="DigestAlgorithm">The digest challenge phones get. Several phones refuse one that names SHA-256.</param>
/// <param name="SaveRegistrations">Whether registrations outlive a restart.</param>
/// <param name="MinExpiresSeconds">The shortest lifetime of a registration, 1 to 86400; a shorter wish is answered 423.</param>
/// <param name="MaxExpiresSeconds">The longest lifetime of a registration, up to 604800; a longer wish is shortened.</param>
/// <param name="DefaultExpiresSeconds">The lifetime of a registration that asks for none.</param>
/// <param name="MaxBindings">The most devices one extension can have registered, 1 to 100.</param>
/// <param name="RingTimeoutSeconds">How long a called phone rings, 5 to 600.</param>
/// <param name="MaxSessionDurationSeconds">After this an answered call is ended; null for never.</param>
/// <param name="VoiceMailDestination">The destination of calls that are redirected to voice mail; null for none.</param>
/// <param name="ServiceRoute">Whether phones are told to send their further requests to the node they registered at.</param>
/// <param name="KeepAlive">What is sent to phones behind NATs so that they stay reachable.</param>
/// <param name="KeepAlivePeriodSeconds">How often, 5 to 600.</param>
/// <param name="KeepAliveMisses">OPTIONS without an answer after which a device counts as unreachable; 0 for never.</param>
/// <param name="MusicOnHold">Whether a party that is put on hold hears music.</param>
/// <param name="AnnounceRefusals">Whether a caller hears why before its call is refused.</param>
/// <param name="AnnounceCallEnd">Whether both parties are warned 30 s before the longest call is over.</param>
/// <param name="EchoNumber">The number where a phone hears itself; empty for none.</param>
/// <param name="MusicNumber">The number where a phone hears the music on hold; empty for none.</param>
/// <param name="PickUpPrefix">What a phone dials before the number of an extension that rings, to take its call; empty for no pick-up.</param>
/// <param name="RecordAudio">Whether calls of extensions that are to be recorded are. They are G.711 then; a call without it is refused with 488.</param>
/// <param name="MixRecordings">Whether both parties are recorded on one channel, instead of the caller on the left one and the callee on the right one.</param>
/// <param name="CodecIds">By which payload types codecs are offered, by translation profile, such as <c>Default: telephone-event=96; Carrier: iLBC=97</c>; empty for those of the other party.</param>
/// <param name="IgnoreNullUserAgent">Whether phones that send no User-Agent are refused with 403 when they register, call or send a message.</param>
/// <param name="UserAgentPolicy">Whether only the user agents listed may register, call and send messages (<c>allow</c>), or all others (<c>ban</c>).</param>
/// <param name="UserAgents">Parts of User-Agent values whose case means nothing, such as <c>Yealink; Linphone/5</c>.</param>
/// <param name="ProcessRedirects">Whether a callee's redirection (3xx) is followed by the service, instead of being passed to the caller.</param>
/// <param name="SipAuthentication">Whether registrations and requests need credentials. Off counts only in networks that the node's operator trusts
/// (<c>Gateway:TrustedNetworks</c>, by default none): there a phone is who its From says.</param>
/// <param name="AuthenticateLocalCalls">Whether only extensions and destinations may call extensions. Off, everybody may, under an address that is not the
/// tenant's, and reaches nothing else.</param>
/// <param name="Transfers">Whether transfers (REFER) are carried out by the service (<c>carryOut</c>), passed to the other party's phone (<c>passThrough</c>), or refused (<c>refuse</c>).</param>
internal sealed record TenantSettingsDto(
    DigestAlgorithm DigestAlgorithm,
    bool SaveRegistrations,
    int MinExpiresSeconds,
    int MaxExpiresSeconds,
    int DefaultExpiresSeconds,
    int MaxBindings,
    int RingTimeoutSeconds,
    int? MaxSessionDurationSeconds,
    string? VoiceMailDestination,
    bool ServiceRoute = false,
    KeepAlive KeepAlive = KeepAlive.Crlf,
    int KeepAlivePeriodSeconds = 30,
    int KeepAliveMisses = 3,
    bool MusicOnHold = true,
    bool AnnounceRefusals = false,
    bool AnnounceCallEnd = false,
    string EchoNumber = "*43",
    string MusicNumber = "*44",
    string PickUpPrefix = "*8",
    bool RecordAudio = false,
    bool MixRecordings = false,
    string CodecIds = "",
    bool IgnoreNullUserAgent = false,
    UserAgentPolicy UserAgentPolicy = UserAgentPolicy.Off,
    string UserAgents = "",
    bool ProcessRedirects = false,
    bool SipAuthentication = true,
    bool AuthenticateLocalCalls = true,
    TransferPolicy Transfers = TransferPolicy.CarryOut)
{
    public static TenantSettingsDto From(TenantSettings settings) => new(
        settings.DigestAlgorithm,
        settings.SaveRegistrations,
        (int)settings.MinExpires.TotalSeconds,
        (int)settings.MaxExpires.TotalSeconds,
        (int)settings.DefaultExpires.TotalSeconds,
        settings.MaxBindings,
        (int)settings.RingTimeout.TotalSeconds,
        (int?)settings.MaxSessionDuration?.TotalSeconds,
        settings.VoiceMailDestination,
        settings.ServiceRoute,
        settings.KeepAlive,
        (int)settings.KeepAlivePeriod.TotalSeconds,
        settings.KeepAliveMisses,
        settings.MusicOnHold,
        settings.AnnounceRefusals,
        settings.AnnounceCallEnd,
        settings.EchoNumber,
        settings.MusicNumber,
        settings.PickUpPrefix,
        settings.RecordAudio,
        settings.MixRecordings,
        settings.CodecIds,
        settings.IgnoreNullUserAgent,
        settings.UserAgentPolicy,
        settings.UserAgents,
        settings.ProcessRedirects,
        settings.SipAuthentication,
        settings.AuthenticateLocalCalls,
        settings.Transfers);

    /// <summary>What this DTO does not name stays as it was in <paramref name="current"/>.</summary>
    public TenantSettings ApplyTo(TenantSettings current) => current with
    {
        DigestAlgorithm = DigestAlgorithm,
        SaveRegistrations = SaveRegistrations,
        MinExpires = TimeSpan.FromSeconds(MinExpiresSeconds),
        MaxExpires = TimeSpan.FromSeconds(MaxExpiresSeconds),
        DefaultExpires = TimeSpan.FromSeconds(DefaultExpiresSeconds),
        MaxBindings = MaxBindings,
        RingTimeout = TimeSpan.FromSeconds(RingTimeoutSeconds),
        MaxSessionDuration = MaxSessionDurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        VoiceMailDestination = string.IsNullOrEmpty(VoiceMailDestination) ? null : VoiceMailDestination,
        ServiceRoute = ServiceRoute,
        KeepAlive = KeepAlive,
        KeepAlivePeriod = TimeSpan.FromSeconds(KeepAlivePeriodSeconds),
        KeepAliveMisses = KeepAliveMisses,
        MusicOnHold = MusicOnHold,
        AnnounceRefusals = AnnounceRefusals,
        AnnounceCallEnd = AnnounceCallEnd,
        EchoNumber = EchoNumber,
        MusicNumber = MusicNumber,
        PickUpPrefix = PickUpPrefix,
        RecordAudio = RecordAudio,
        MixRecordings = MixRecordings,
        CodecIds = CodecIds,
        IgnoreNullUserAgent = IgnoreNullUserAgent,
        UserAgentPolicy = UserAgentPolicy,
        UserAgents = UserAgents,
        ProcessRedirects = ProcessRedirects,
        SipAuthentication = SipAuthentication,
        AuthenticateLocalCalls = AuthenticateLocalCalls,
        Transfers = Transfers,
    };
}
