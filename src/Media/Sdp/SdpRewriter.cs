using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Rtp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Sdp;

/// <summary>Our end of the offers and answers of one leg: turns what the other leg said into what this leg is told.</summary>
/// <remarks>
/// The o= line is ours: one session id per leg, and a version that rises only when the text changes (RFC 3264 §8). Addresses and
/// ports are ours. Of the sender's attributes only those that concern sound pass (<see cref="PassedAttributes"/>): ICE, DTLS,
/// BUNDLE, rtcp-mux, header extensions and SSRC lines end here. Every m= line but the audio line carried has port 0.
/// Keys are agreed on leg by leg (RFC 4568), and so are ICE and DTLS (RFC 8839, RFC 8842). One leg, one instance; not thread-safe.
/// </remarks>
/// <param name="sessionId">Session id of the o= line: random, never negative, unlike that of any other leg.</param>
/// <param name="encryption">Whether this leg is asked to encrypt.</param>
/// <param name="suites">By which suites it is asked to and may, best first; none for all.</param>
public sealed class SdpRewriter(long sessionId, EncryptionWish encryption = EncryptionWish.Off, ImmutableArray<SrtpProfile> suites = default)
{
    // What is not taken over line by line: the session's own lines, a=rtcp and the direction, the start of each m= line.
    private const int OwnBytes = 1024 + FormatTranslation.MaxAddedBytes;
    private const int OwnBytesPerMedia = 16;

    // v= and o=: two numbers and an IPv6 address at most.
    private const int HeadBytes = 128;

    private SdesExchange? _exchange;
    private DtlsExchange? _dtls;
    private ImmutableArray<MediaDescription> _known = [];
    private MediaDescription? _said;
    private byte[] _last = [];
    private int _lastHead;
    private int _version;

    /// <summary>The keys agreed on with this leg; null for plain RTP.</summary>
    public SrtpKeys? Keys => _exchange?.Keys;

    /// <summary>
    /// Where this leg's payload types are not those of the leg whose answer it was told last, seen from this leg; null where they are the same.
    /// </summary>
    public PayloadTypeMaps? Formats { get; private set; }

    /// <summary>With what DTLS is spoken; null where it is not, and parties that speak nothing else are refused.</summary>
    public DtlsContext? Dtls { get; init; }

    /// <summary>By which payload types this leg is offered codecs, until it has said its own; empty for those of the other leg.</summary>
    public ImmutableArray<CodecId> CodecIds { get; init; } = [];

    /// <summary>Whether this leg is offered ICE and DTLS, as browsers demand.</summary>
    public bool OffersDtls { get; init; }

    /// <summary>Whether this leg is told of no other sound than G.711 by its static payload types, since the call is recorded.</summary>
    public bool DemandsG711 { get; set; }

    /// <summary>What stands between us and this leg about ICE and DTLS; null where neither has spoken of it.</summary>
    public DtlsTerms? Terms => _dtls?.Terms;

    /// <summary>
    /// Whether the other party's hold is music for this one: then it is told that something is sent to it, though the other sends nothing.
    /// </summary>
    public bool PlaysOnHold { get; set; }

    private ReadOnlySpan<byte> OfferedProtocol =>
        _dtls is not null ? _dtls.OfferedProtocol
        : Exchange is not null ? Exchange.OfferedProtocol
        : "RTP/AVP"u8;

    // Most legs never speak of keys.
    private SdesExchange? Exchange => _exchange ??= encryption == EncryptionWish.Off ? null : new(encryption, suites);

    /// <summary>Whether this leg's offer can be agreed to as far as keys go; changes nothing.</summary>
    public bool MayHearOffer(SessionDescription offer) =>
        AudioLine.Choose(offer, out var audio) == SdpRefusal.None && Permits(offer.Media[audio]);

    /// <summary>Takes over the keys this leg offered; to be asked before its answer is written.</summary>
    /// <returns>False when it must be refused with 488: it has to encrypt and does not, or by what is not spoken here.</returns>
    public bool HearOffer(SessionDescription offer)
    {
        if (AudioLine.Choose(offer, out var audio) != SdpRefusal.None || !Permits(offer.Media[audio]))
            return false;

        var media = offer.Media[audio];
        if (media.IsDtls && media.Port != 0)
            _dtls ??= new(Dtls!.Fingerprint);
        _said = media;
        return _dtls?.HearOffer(offer, media) ?? ExchangeOver(media)?.HearOffer(media) ?? true;
    }

    /// <summary>Takes over the keys this leg answered our offer with.</summary>
    /// <returns>False when the answer does not fit the offer: it has to encrypt and does not, or by no line that was offered.</returns>
    public bool HearAnswer(SessionDescription answer)
    {
        if (AudioLine.Choose(answer, out var audio) != SdpRefusal.None)
            return false;

        var media = answer.Media[audio];
        _said = media;
        return _dtls?.HearAnswer(answer, media) ?? (!media.IsDtls && (ExchangeOver(media)?.HearAnswer(media) ?? true));
    }

    /// <summary>Turns the offer that the other leg made into our offer to this leg.</summary>
    /// <param name="offer">What the other leg offered.</param>
    /// <param name="local">Where this leg is to send its audio.</param>
    /// <param name="sdp">Our offer; null when refused.</param>
    /// <param name="refusal">Why the offer cannot be carried; answer the other leg with 488.</param>
    public bool TryRewriteOffer(
        SessionDescription offer, LocalAudio local, [NotNullWhen(true)] out byte[]? sdp, out SdpRefusal refusal)
    {
        sdp = null;
        refusal = AudioLine.Choose(offer, out var audio);
        if (refusal == SdpRefusal.None && LacksG711(offer.Media[audio]))
            refusal = SdpRefusal.NoG711;
        if (refusal != SdpRefusal.None)
            return false;

        // A party that spoke before is spoken to as it spoke.
        if (_known.IsEmpty && OffersDtls && Dtls is not null)
            _dtls ??= new(Dtls.Fingerprint);
        var buffer = ArrayPool<byte>.Shared.Rent(BoundOf(offer, offer));
        var writer = new SdpWriter(buffer);
        WriteSession(ref writer, local);
        for (var i = 0; i < offer.Media.Length; i++)
        {
            var media = offer.Media[i];
            if (i != audio)
                WriteRejected(ref writer, media);
            else
                WriteAudio(ref writer, media, null, local, DirectionOf(media));
        }

        // RFC 3264 §8: an m= line once in the session stays in it.
        for (var i = offer.Media.Length; i < _known.Length; i++)
            WriteRejected(ref writer, _known[i]);

        Remember(offer);
        sdp = WithOrigin(buffer.AsSpan(0, writer.Length), local);
        ArrayPool<byte>.Shared.Return(buffer);
        return true;
    }

    /// <summary>Turns the other leg's answer into our answer to the offer that this leg made.</summary>
    /// <param name="answer">What the other leg answered to our rewritten offer.</param>
    /// <param name="offer">What this leg offered; the result has the same m= lines in the same order.</param>
    /// <param name="local">Where this leg is to send its audio.</param>
    /// <param name="sdp">Our answer; null when refused.</param>
    /// <param name="refusal">Why the answer cannot be carried.</param>
    public bool TryRewriteAnswer(
        SessionDescription answer,
        SessionDescription offer,
        LocalAudio local,
        [NotNullWhen(true)] out byte[]? sdp,
        out SdpRefusal refusal)
    {
        sdp = null;
        refusal = AudioLine.Choose(offer, out var audio);
        if (refusal != SdpRefusal.None)
            return false;

        if (audio >= answer.Media.Length || !Answers(answer, answer.Media[audio]))
        {
            refusal = SdpRefusal.AnswerMismatch;
            return false;
        }

        if (LacksG711(answer.Media[audio]))
        {
            refusal = SdpRefusal.NoG711;
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BoundOf(answer, offer));
        var writer = new SdpWriter(buffer);
        WriteSession(ref writer, local);
        for (var i = 0; i < offer.Media.Length; i++)
        {
            // RFC 3264 §6: the answer has the offer's m= lines, in its order.
            if (i != audio)
                RejectOffered(ref writer, offer.Media[i]);
            else
                WriteAudio(ref writer, answer.Media[i], offer.Media[i], local, Answered(answer, offer, i));
        }

        Remember(offer);
        sdp = WithOrigin(buffer.AsSpan(0, writer.Length), local);
        ArrayPool<byte>.Shared.Return(buffer);
        return true;
    }

    /// <summary>
    /// Takes over by which payload types the two legs speak, as <see cref="TryRewriteAnswer"/> does, where this leg is not told by an answer: what it hears next
    /// follows what it was told before (RFC 3264 §8: the version rises by one).
    /// </summary>
    /// <param name="answer">What the other leg speaks.</param>
    /// <param name="offer">What this leg said last.</param>
    /// <param name="local">Where this leg is to send its audio.</param>
    public bool TryTranslate(SessionDescription answer, SessionDescription offer, LocalAudio local)
    {
        var told = (_last, _lastHead, _version, _known);
        var isAgreed = TryRewriteAnswer(answer, offer, local, out _, out _);
        (_last, _lastHead, _version, _known) = told;
        return isAgreed;
    }

    /// <summary>
    /// The same leg where it is told of other ports: the session id stays and the version rises on (RFC 3264 §8), and where it encrypts by SDES we have another key
    /// (RFC 3711 §9.1). Not for a leg that speaks DTLS.
    /// </summary>
    public SdpRewriter OnOtherPorts() => new(sessionId, encryption, suites)
    {
        Dtls = Dtls,
        CodecIds = CodecIds,
        OffersDtls = OffersDtls,
        DemandsG711 = DemandsG711,
        PlaysOnHold = PlaysOnHold,
        _exchange = _exchange?.Renew(),
        _known = _known,
        _said = _said,
        _last = _last,
        _lastHead = _lastHead,
        _version = _version,
    };

    private bool LacksG711(MediaDescription media) => DemandsG711 && media.Port != 0 && !RecordableFormats.Has(media);

    /// <summary>More bytes than what is made of two descriptions has: each line is taken over once at most, perhaps with a longer end.</summary>
    private int BoundOf(SessionDescription one, SessionDescription other)
    {
        var bound = OwnBytes + 2 * (one.Bytes.Length + other.Bytes.Length) + OwnBytesPerMedia * (one.Media.Length + other.Media.Length);
        foreach (var media in _known)
            bound += OwnBytesPerMedia + media.KindName.Length + media.ProtocolName.Length + media.Formats.Length;

        return bound;
    }

    private static bool Answers(SessionDescription answer, MediaDescription media) =>
        media.Kind == MediaKind.Audio && (AudioLine.IsCarried(answer, media) || media.Port == 0);

    // RFC 3264 §6.1: an answer may not give what the offer does not take; some phones answer a hold with sendrecv.
    private MediaDirection Answered(SessionDescription answer, SessionDescription offer, int index) =>
        DirectionOf(answer.Media[index])
        & RemoteAudio.EffectiveDirection(offer.Media[index]).Reverse();

    // RFC 3264 §8.4: who is inactive wants to hear nothing, and that is what a hold is.
    private MediaDirection DirectionOf(MediaDescription other) =>
        RemoteAudio.EffectiveDirection(other) is var direction && PlaysOnHold && !direction.Receives() && other.Port != 0
            ? direction | MediaDirection.SendOnly
            : direction;

    private void WriteSession(ref SdpWriter writer, LocalAudio local)
    {
        writer.WriteLine((byte)'s', "-"u8);
        writer.WriteConnection(local.Address);
        writer.WriteLine((byte)'t', "0 0"u8);
        _dtls?.WriteSession(ref writer);
    }

    private static void WriteRejected(ref SdpWriter writer, MediaDescription media) =>
        writer.WriteMedia(media.KindName, 0, media.ProtocolName, media.Formats);

    private void RejectOffered(ref SdpWriter writer, MediaDescription media)
    {
        WriteRejected(ref writer, media);
        if (_dtls is not null)
            DtlsExchange.WriteRejected(ref writer, media);
    }

    private void WriteAudio(
        ref SdpWriter writer, MediaDescription media, MediaDescription? offer, LocalAudio local, MediaDirection direction)
    {
        var translation = offer is null ? FormatTranslator.OfOffer(media, _said, _dtls is not null, CodecIds) : FormatTranslator.OfAnswer(media, offer);
        if (offer is not null)
            Formats = translation?.Maps;
        if (DemandsG711)
            translation = RecordableFormats.Only(media, translation);
        var protocol = offer is null ? OfferedProtocol : offer.ProtocolName;
        writer.WriteMedia(media.KindName, media.Port == 0 ? 0 : local.RtpPort, protocol, translation?.Formats(media.Formats) ?? media.Formats);
        if (media.Port == 0)
            return;

        foreach (var line in media.Lines)
        {
            var value = media.ValueOf(line);
            var passes = line.Type == (byte)'b' || line.Type == (byte)'a' && PassedAttributes.Passes(value);
            if (passes && translation?.TryWrite(ref writer, value) is not true)
                writer.WriteLine(line.Type, value);
        }

        translation?.WriteAdded(ref writer);
        if (_dtls is not null)
            WriteDtls(ref writer, _dtls, local, isOffer: offer is null);
        else
            WriteKeys(ref writer, local, isOffer: offer is null);
        writer.WriteFlag(direction.ToAttribute());
    }

    private static void WriteDtls(ref SdpWriter writer, DtlsExchange dtls, LocalAudio local, bool isOffer)
    {
        if (isOffer)
            dtls.WriteOffer(ref writer, local);
        else
            dtls.WriteAnswer(ref writer, local);
    }

    private void WriteKeys(ref SdpWriter writer, LocalAudio local, bool isOffer)
    {
        if (isOffer)
            Exchange?.WriteOffer(ref writer);
        else
            Exchange?.WriteAnswer(ref writer);
        writer.WriteAttribute("rtcp"u8, local.RtcpPort);
    }

    private bool Permits(MediaDescription offered) =>
        offered.Port == 0
        || (offered.IsDtls ? Dtls is not null : _dtls is null && SdesExchange.Permits(encryption, suites, offered));

    private SdesExchange? ExchangeOver(MediaDescription media) => Exchange ?? (media.IsSavp ? _exchange = new(encryption, suites) : null);

    private void Remember(SessionDescription exchanged)
    {
        if (exchanged.Media.Length >= _known.Length)
            _known = exchanged.Media;
    }

    private byte[] WithOrigin(ReadOnlySpan<byte> body, LocalAudio local)
    {
        if (body.SequenceEqual(_last.AsSpan(_lastHead)))
            return _last;

        _version++;
        var head = new SdpWriter(stackalloc byte[HeadBytes]);
        head.WriteLine((byte)'v', "0"u8);
        head.WriteOrigin(sessionId, _version, local.Address);
        _last = [.. head.Written, .. body];
        _lastHead = head.Length;
        return _last;
    }
}
