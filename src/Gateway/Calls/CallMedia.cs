using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Srtp;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// A call's media session: a leg for the caller and one for each candidate, two of which are joined. While a party is transferred two calls of one loop share
/// it.
/// </summary>
internal sealed class CallMedia(MediaRelay relay) : IDisposable
{
    private readonly RelaySession _session = relay.OpenSession();
    private RelayError _error;
    private int _calls = 1;

    /// <summary>Whether the last party got no ports.</summary>
    public bool IsShort => _error is RelayError.NoPorts or RelayError.NoFiles;

    /// <summary>Why the last party got no ports.</summary>
    public string Shortage => _error == RelayError.NoFiles ? "The limit of open files leaves no media ports." : "No media ports are left.";

    /// <summary>Whether another call has it as well.</summary>
    public bool IsShared => _calls > 1;

    /// <summary>The same for another call, which disposes of it for itself.</summary>
    public CallMedia Share()
    {
        _calls++;
        return this;
    }

    /// <summary>Takes ports for a party; null when there are none left.</summary>
    /// <param name="flow">The way its signalling takes: who comes by a WebSocket is a browser, which speaks nothing but ICE and DTLS (RFC 8827).</param>
    /// <param name="isDestination">Whether an operator configured it: then the address in its SDP is believed as it stands, since
    /// carriers and PBXs keep media apart from signalling; a phone's must be verified.</param>
    /// <param name="encryption">Whether it is asked to encrypt.</param>
    /// <param name="suites">By which suites, in which order; empty for all.</param>
    /// <param name="codecIds">By which payload types it is offered codecs; empty for those of the other party.</param>
    public MediaLeg? Allocate(SipFlow flow, bool isDestination, MediaEncryption encryption, string suites, ImmutableArray<CodecId> codecIds) =>
        _session.TryAllocateLeg(flow.Remote.Address, out var leg, out _error)
            ? new MediaLeg(
                leg,
                new SdpRewriter(NewSessionId(), WishOf(encryption), ProfilesOf(suites))
                {
                    Dtls = relay.Dtls,
                    CodecIds = codecIds,
                    OffersDtls = encryption == MediaEncryption.Dtls || flow.Protocol is SipTransportProtocol.Ws or SipTransportProtocol.Wss,
                },
                isDestination ? RemoteAddressRule.AsSignalled : RemoteAddressRule.Verified)
            : null;

    /// <summary>Takes ports for a party of another call that comes into this one; null when there are none left.</summary>
    public RelayLeg? Reserve(SipFlow flow) => _session.TryAllocateLeg(flow.Remote.Address, out var leg, out _error) ? leg : null;

    /// <summary>Why an offer cannot be agreed to though its audio could be carried.</summary>
    public static string WhyRefused(SessionDescription offer) =>
        RemoteAudio.Read(offer, out var audio) == SdpRefusal.None && audio!.IsByDtls && MediaRelay.WhyNoDtls is { } lack
            ? $"The caller is a browser (WebRTC), and such calls are not possible: {lack}"
            : "The caller has to encrypt its media, and does not offer to.";

    public void Join(MediaLeg a, MediaLeg b) => _session.Join(a.Relay, b.Relay);

    public void Release(MediaLeg leg) => _session.Release(leg.Relay);

    public void Release(RelayLeg ports) => _session.Release(ports);

    public void Dispose()
    {
        if (--_calls == 0)
            _session.Dispose();
    }

    private static EncryptionWish WishOf(MediaEncryption encryption) => encryption switch
    {
        MediaEncryption.Off => EncryptionWish.Off,
        MediaEncryption.Preferred => EncryptionWish.Preferred,
        _ => EncryptionWish.Required,
    };

    // Few parties have any.
    private static ImmutableArray<SrtpProfile> ProfilesOf(string suites) => suites.Length == 0
        ? []
        : [.. SrtpSuites.Split(suites).Select(static name => SrtpProfiles.Find(name)).OfType<SrtpProfile>()];

    /// <summary>RFC 8866 §5.2: unique among our sessions; 62 bits, since some phones read it as a signed number.</summary>
    private static long NewSessionId() => Random.Shared.NextInt64(1L << 62);

    /// <summary>Reads the session description of a message, its body or a part of it (RFC 5621); null when there is none.</summary>
    public static SessionDescription? Read(SipMessage message)
    {
        var body = MultipartBody.TryFind(message, "application/sdp"u8, out var part, out _) ? part : message.Body;
        return SessionDescription.TryParse(body, out var description, out _) ? description : null;
    }
}
