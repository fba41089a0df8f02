using System.Net;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Playback;
using TekSipCloud.Media.Quality;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Gateway.Calls;

/// <summary>One party's media: its ports, what it is told, and what it said last.</summary>
internal sealed class MediaLeg(RelayLeg relay, SdpRewriter rewriter, RemoteAddressRule rule)
{
    private string _codec = "";
    private MediaDirection _direction = MediaDirection.SendRecv;
    private RemoteAudio? _answered;

    public RelayLeg Relay => relay;

    /// <summary>Whether the party is to be heard, by what it says of itself.</summary>
    public bool IsToSend => _direction.Sends();

    /// <summary>Whether the party wants to hear.</summary>
    public bool IsToListen => _direction.Receives();

    /// <summary>Whether it holds the call, or is held.</summary>
    public bool IsHeld => _direction != MediaDirection.SendRecv;

    /// <summary>The party's last offer or answer.</summary>
    public SessionDescription? Said { get; private set; }

    /// <summary>
    /// The same party on other ports: what it is told goes on where it was, with another key. Nothing flows before it has been told. Not for DTLS, whose keys are
    /// those of a handshake.
    /// </summary>
    public MediaLeg On(RelayLeg ports)
    {
        ports.ComeFrom(relay);
        return new(ports, rewriter.OnOtherPorts(), rule) { Said = Said, _codec = _codec, _direction = _direction };
    }

    /// <summary>Turns the other party's offer into ours to this one.</summary>
    public byte[]? WriteOffer(SessionDescription offer, out SdpRefusal refusal)
    {
        if (!rewriter.TryRewriteOffer(offer, relay.Local, out var sdp, out refusal))
            return null;

        // RFC 8445 §7.3: checks may come before the answer.
        Agree();
        return sdp;
    }

    /// <summary>Turns the other party's answer into ours to the offer that this one made.</summary>
    public byte[]? WriteAnswer(SessionDescription answer, SessionDescription offer, out SdpRefusal refusal)
    {
        if (!rewriter.TryRewriteAnswer(answer, offer, relay.Local, out var sdp, out refusal))
            return null;

        TakeFormats(answer);
        return sdp;
    }

    /// <summary>Takes over what the other party speaks, of which this one hears by an offer of ours; false when they have nothing in common.</summary>
    /// <param name="answer">The other party's sound, as an answer.</param>
    /// <param name="offer">What this one said last.</param>
    public bool Translate(SessionDescription answer, SessionDescription offer)
    {
        if (!rewriter.TryTranslate(answer, offer, relay.Local))
            return false;

        TakeFormats(answer);
        return true;
    }

    /// <summary>Whether it speaks ICE and DTLS, as browsers do.</summary>
    public bool IsWeb => rewriter.Terms is not null;

    /// <summary>How its media is encrypted; null for plain RTP. What DTLS chooses is known after the handshake.</summary>
    public string? Encryption => !IsWeb ? rewriter.Keys?.Ours.Profile.SuiteName()
        : relay.ReadSecurity()?.Profile is { } profile ? $"DTLS {profile.SuiteName()}"
        : "DTLS";

    /// <summary>Whether it prefers A-law of the two of G.711.</summary>
    public bool SpeaksAlaw => _codec == "PCMA";

    /// <summary>From now on the party is told of no sound but G.711, the only one that can be recorded.</summary>
    public void DemandG711() => rewriter.DemandsG711 = true;

    /// <summary>Whether the party's offer can be agreed to; changes nothing.</summary>
    public bool MayHearOffer(SessionDescription offer) => rewriter.MayHearOffer(offer);

    /// <summary>
    /// Takes over what the party offered: where its audio is, which way it flows, how it is encrypted. Ask before its answer is written.
    /// False when it cannot be agreed to.
    /// </summary>
    public bool HearOffer(SessionDescription offer, IPAddress source, bool relearn = false) =>
        rewriter.HearOffer(offer) && Hear(offer, source, relearn);

    /// <summary>The same of what the party answered our offer with.</summary>
    public bool HearAnswer(SessionDescription answer, IPAddress source, bool relearn = false) =>
        rewriter.HearAnswer(answer) && Hear(answer, source, relearn);

    /// <summary>What is played to it; null when nothing is.</summary>
    public AudioClip? Playing { get; private set; }

    /// <summary>Whether it is told of music while the other party holds.</summary>
    public bool PlaysOnHold
    {
        set => rewriter.PlaysOnHold = value;
    }

    /// <summary>Plays a clip to the party in the form that it takes; false when it takes none that we have.</summary>
    public bool Play(AudioClip clip, bool loops)
    {
        if (Said is null || RemoteAudio.Read(Said, out var audio) != SdpRefusal.None || audio?.FindG711(_answered) is not { } format)
            return false;

        Playing = clip;
        relay.Play(clip, format, loops);
        return true;
    }

    /// <summary>Lets the party hear whom it is joined with again.</summary>
    public void StopPlaying()
    {
        if (Playing is null)
            return;

        Playing = null;
        relay.StopPlaying();
    }

    /// <summary>Whether the party wants to hear nothing: it holds (RFC 3264 §8.4).</summary>
    public bool IsHolding(out bool sendsItself)
    {
        sendsItself = false;
        if (Said is null || RemoteAudio.Read(Said, out var audio) != SdpRefusal.None || audio is not { IsHolding: true })
            return false;

        sendsItself = audio.Direction.Sends();
        return true;
    }

    /// <summary>What went over this leg so far.</summary>
    public MediaFigures ReadFigures()
    {
        var figures = relay.ReadStatistics();
        return new MediaFigures(
            figures.PacketsReceived,
            figures.OctetsReceived,
            figures.PacketsSent,
            figures.OctetsSent,
            figures.PacketsLost,
            Math.Round(figures.Jitter.TotalMilliseconds, 3),
            figures.StrangersDropped,
            _codec,
            Encryption,
            Encryption is null && figures.UnauthenticDropped == 0 ? null : figures.UnauthenticDropped,
            (figures.PacketsReceived | figures.PacketsSent) == 0 ? null : QualityOf(figures));
    }

    private MediaQuality QualityOf(LegStatistics figures) => new(
        figures.Duplicates,
        figures.Reordered,
        Milliseconds(figures.RoundTrip),
        figures.LostToParty,
        Milliseconds(figures.JitterAtParty),
        Rounded(HeardQuality.Score(_codec, figures.PacketsReceived, figures.PacketsLost, figures.Jitter, figures.RoundTrip)),
        Rounded(HeardQuality.Score(_codec, figures.PacketsSent - (figures.LostToParty ?? 0), figures.LostToParty, figures.JitterAtParty, figures.RoundTrip)));

    private static double? Milliseconds(TimeSpan? time) => time is { TotalMilliseconds: var milliseconds } ? Math.Round(milliseconds, 3) : null;

    private static double? Rounded(double? score) => score is { } value ? Math.Round(value, 2) : null;

    private bool Hear(SessionDescription said, IPAddress source, bool relearn)
    {
        (Said, _answered) = (said, null);
        if (RemoteAudio.Read(said, out var audio) != SdpRefusal.None || audio is null)
            return false;

        Agree();
        relay.SetRemote(audio, source, rule, relearn, rewriter.Keys);
        _codec = audio.CodecName ?? _codec;
        _direction = audio.Direction;
        return true;
    }

    private void TakeFormats(SessionDescription answer)
    {
        relay.Translate(rewriter.Formats);
        // RFC 3264 §6.1: of all that it offered the answer says what it is to speak.
        if (RemoteAudio.Read(answer, out _answered) == SdpRefusal.None)
            _codec = _answered!.CodecName ?? _codec;
    }

    private void Agree()
    {
        if (rewriter.Terms is { } terms)
            relay.Agree(terms, rewriter.Dtls!);
    }
}
