using System.Net;
using System.Text;
using TekSipCloud.Media.Codecs;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Media.Sdp;

/// <summary>What a party's description says about its audio: where it wants it, what it speaks, whether it holds.</summary>
/// <param name="Rtp">Where it wants RTP; null when the line is rejected or gives a host name or 0.0.0.0.</param>
/// <param name="Rtcp">Where it wants RTCP: a=rtcp, else the port after RTP's; null as <paramref name="Rtp"/> is.</param>
/// <param name="Direction">Its direction; a hold by address 0.0.0.0 is already turned into one; inactive when rejected.</param>
/// <param name="IsRejected">Whether the audio line has port 0.</param>
public sealed record RemoteAudio(IPEndPoint? Rtp, IPEndPoint? Rtcp, MediaDirection Direction, bool IsRejected)
{
    /// <summary>The audio line; null where no description said so.</summary>
    public MediaDescription? Media { get; init; }

    /// <summary>Whether its keys come by DTLS, as browsers' do.</summary>
    public bool IsByDtls => Media is { IsDtls: true };

    /// <summary>Its payload formats, best first.</summary>
    public SdpCodecs Codecs => Media is { } media ? media.Codecs : default;

    /// <summary>Name of the best format that is sound and not DTMF; null when there is none, empty when it has no name.</summary>
    public string? CodecName
    {
        get
        {
            foreach (var codec in Codecs)
            {
                if (!codec.IsTelephoneEvent)
                    return CodecNames.Get(codec.Name);
            }

            return null;
        }
    }

    /// <summary>The form of G.711 that the party likes best; null when it takes neither.</summary>
    public G711Format? G711 => FindG711(null);

    /// <summary>The form of G.711 by which the party may be sent sound; null for none.</summary>
    /// <param name="answer">
    /// What its offer was answered with: of its formats those alone may be sent that the answer lists as well (RFC 3264 §6.1). Null where it has answered itself.
    /// </param>
    public G711Format? FindG711(RemoteAudio? answer)
    {
        foreach (var codec in Codecs)
        {
            if (LawOf(codec) is { } law && (answer is null || answer.Has(law)))
                return new(codec.PayloadType, law);
        }

        return null;
    }

    /// <summary>Whether the party does not want to hear us: it put the call on hold (RFC 3264 §8.4).</summary>
    public bool IsHolding => !IsRejected && !Direction.Receives();

    /// <summary>The payload type of DTMF events at 8 kHz, else at any rate; null when not spoken.</summary>
    public byte? TelephoneEventPayloadType
    {
        get
        {
            byte? any = null;
            foreach (var codec in Codecs)
            {
                if (!codec.IsTelephoneEvent)
                    continue;
                if (codec.ClockRateHz == 8000)
                    return codec.PayloadType;

                any ??= codec.PayloadType;
            }

            return any;
        }
    }

    /// <summary>Reads the audio line that is carried: the first over plain RTP, one with a port before one without.</summary>
    /// <param name="description">An offer or an answer.</param>
    /// <param name="audio">What it says; null when refused.</param>
    /// <returns>Why there is no usable audio line, or <see cref="SdpRefusal.None"/>.</returns>
    public static SdpRefusal Read(SessionDescription description, out RemoteAudio? audio)
    {
        audio = null;
        var refusal = AudioLine.Choose(description, out var index);
        if (refusal == SdpRefusal.None)
            audio = description.Audio ??= Read(description.Media[index]);

        return refusal;
    }

    private static RemoteAudio Read(MediaDescription media)
    {
        var rtp = EndPoint(media.Connection?.Address, media.Port);
        var hasRtcp = media.TryGetRtcp(out var port, out var connection);
        // RFC 3605 §2.1: without a=rtcp, RTCP goes to the port above RTP's.
        var rtcp = EndPoint(connection?.Address ?? rtp?.Address, hasRtcp ? port : media.Port + 1);
        var isRejected = media.Port == 0;
        var direction = isRejected ? MediaDirection.Inactive : EffectiveDirection(media);
        return new RemoteAudio(rtp, rtp is null ? null : rtcp, direction, isRejected) { Media = media };
    }

    // RFC 3264 §8.4: an address of zero means that nothing is to be sent to this party. With ICE it means that no address is named here (RFC 8839 §4.2.5).
    internal static MediaDirection EffectiveDirection(MediaDescription media) =>
        media.Connection is { IsUnspecified: true } && !media.IsDtls ? media.Direction & MediaDirection.SendOnly : media.Direction;

    private bool Has(G711Law law)
    {
        foreach (var codec in Codecs)
        {
            if (LawOf(codec) == law)
                return true;
        }

        return false;
    }

    private static G711Law? LawOf(SdpCodec codec) =>
        codec is not { ClockRateHz: AudioClip.SampleRate, Channels: 1 } ? null
        : Ascii.EqualsIgnoreCase(codec.Name, "PCMU"u8) ? G711Law.Mulaw
        : Ascii.EqualsIgnoreCase(codec.Name, "PCMA"u8) ? G711Law.Alaw
        : null;

    private static IPEndPoint? EndPoint(IPAddress? address, int port)
    {
        var isUsable = address is not null
            && port is > 0 and <= ushort.MaxValue
            && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any);
        return isUsable ? new IPEndPoint(address!, port) : null;
    }
}
