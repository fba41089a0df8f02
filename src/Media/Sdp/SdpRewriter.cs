using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Sdp;

/// <summary>Our end of the offers and answers of one leg: turns what the other leg said into what this leg is told.</summary>
/// <remarks>
/// The o= line is ours: one session id per leg, and a version that rises only when the text changes (RFC 3264 §8). Addresses and
/// ports are ours. Of the sender's attributes only those that concern sound pass (<see cref="PassedAttributes"/>): ICE, DTLS,
/// BUNDLE, rtcp-mux, header extensions and SSRC lines end here. Every m= line but the audio line carried has port 0.
/// Keys are agreed on leg by leg (RFC 4568). One leg, one instance; not thread-safe.
/// </remarks>
/// <param name="sessionId">Session id of the o= line: random, never negative, unlike that of any other leg.</param>
/// <param name="encryption">Whether this leg is asked to encrypt.</param>
public sealed class SdpRewriter(long sessionId, EncryptionWish encryption = EncryptionWish.Off)
{
    // What is not taken over line by line: the session's own lines, a=rtcp and the direction, the start of each m= line.
    private const int OwnBytes = 1024;
    private const int OwnBytesPerMedia = 16;

    // v= and o=: two numbers and an IPv6 address at most.
    private const int HeadBytes = 128;

    private SdesExchange? _exchange;
    private ImmutableArray<MediaDescription> _known = [];
    private byte[] _last = [];
    private int _lastHead;
    private long _version;

    /// <summary>The keys agreed on with this leg; null for plain RTP.</summary>
    public SrtpKeys? Keys => _exchange?.Keys;

    // Most legs never speak of keys.
    private SdesExchange? Exchange => _exchange ??= encryption == EncryptionWish.Off ? null : new(encryption);

    /// <summary>Whether this leg's offer can be agreed to as far as keys go; changes nothing.</summary>
    public bool MayHearOffer(SessionDescription offer) =>
        AudioLine.Choose(offer, out var audio) == SdpRefusal.None && SdesExchange.Permits(encryption, offer.Media[audio]);

    /// <summary>Takes over the keys this leg offered; to be asked before its answer is written.</summary>
    /// <returns>False when it must be refused with 488: it has to encrypt and does not.</returns>
    public bool HearOffer(SessionDescription offer) =>
        AudioLine.Choose(offer, out var audio) == SdpRefusal.None && (ExchangeOver(offer.Media[audio])?.HearOffer(offer.Media[audio]) ?? true);

    /// <summary>Takes over the keys this leg answered our offer with.</summary>
    /// <returns>False when the answer does not fit the offer: it has to encrypt and does not, or by no line that was offered.</returns>
    public bool HearAnswer(SessionDescription answer) =>
        AudioLine.Choose(answer, out var audio) == SdpRefusal.None && (ExchangeOver(answer.Media[audio])?.HearAnswer(answer.Media[audio]) ?? true);

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
        if (refusal != SdpRefusal.None)
            return false;

        var buffer = ArrayPool<byte>.Shared.Rent(BoundOf(offer, offer));
        var writer = new SdpWriter(buffer);
        WriteSession(ref writer, local);
        for (var i = 0; i < offer.Media.Length; i++)
        {
            var media = offer.Media[i];
            if (i != audio)
                WriteRejected(ref writer, media);
            else
                WriteAudio(ref writer, media, Exchange is { } exchange ? exchange.OfferedProtocol : "RTP/AVP"u8, local, RemoteAudio.EffectiveDirection(media), isOffer: true);
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

        if (audio >= answer.Media.Length || !Answers(answer.Media[audio]))
        {
            refusal = SdpRefusal.AnswerMismatch;
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BoundOf(answer, offer));
        var writer = new SdpWriter(buffer);
        WriteSession(ref writer, local);
        for (var i = 0; i < offer.Media.Length; i++)
        {
            // RFC 3264 §6: the answer has the offer's m= lines, in its order.
            if (i != audio)
                WriteRejected(ref writer, offer.Media[i]);
            else
                WriteAudio(ref writer, answer.Media[i], offer.Media[i].ProtocolName, local, Answered(answer, offer, i), isOffer: false);
        }

        Remember(offer);
        sdp = WithOrigin(buffer.AsSpan(0, writer.Length), local);
        ArrayPool<byte>.Shared.Return(buffer);
        return true;
    }

    /// <summary>More bytes than what is made of two descriptions has: each line is taken over once at most, perhaps with a longer end.</summary>
    private int BoundOf(SessionDescription one, SessionDescription other)
    {
        var bound = OwnBytes + 2 * (one.Bytes.Length + other.Bytes.Length) + OwnBytesPerMedia * (one.Media.Length + other.Media.Length);
        foreach (var media in _known)
            bound += OwnBytesPerMedia + media.KindName.Length + media.ProtocolName.Length + media.Formats.Length;

        return bound;
    }

    private static bool Answers(MediaDescription media) =>
        media.Kind == MediaKind.Audio && (AudioLine.IsCarried(media) || media.Port == 0);

    // RFC 3264 §6.1: an answer may not give what the offer does not take; some phones answer a hold with sendrecv.
    private static MediaDirection Answered(SessionDescription answer, SessionDescription offer, int index) =>
        RemoteAudio.EffectiveDirection(answer.Media[index])
        & RemoteAudio.EffectiveDirection(offer.Media[index]).Reverse();

    private static void WriteSession(ref SdpWriter writer, LocalAudio local)
    {
        writer.WriteLine((byte)'s', "-"u8);
        writer.WriteConnection(local.Address);
        writer.WriteLine((byte)'t', "0 0"u8);
    }

    private static void WriteRejected(ref SdpWriter writer, MediaDescription media) =>
        writer.WriteMedia(media.KindName, 0, media.ProtocolName, media.Formats);

    private void WriteAudio(
        ref SdpWriter writer, MediaDescription media, ReadOnlySpan<byte> protocol, LocalAudio local, MediaDirection direction, bool isOffer)
    {
        writer.WriteMedia(media.KindName, media.Port == 0 ? 0 : local.RtpPort, protocol, media.Formats);
        if (media.Port == 0)
            return;

        foreach (var line in media.Lines)
        {
            if (line.Type == (byte)'b' || line.Type == (byte)'a' && PassedAttributes.Passes(media.ValueOf(line)))
                writer.WriteLine(line.Type, media.ValueOf(line));
        }

        if (isOffer)
            Exchange?.WriteOffer(ref writer);
        else
            Exchange?.WriteAnswer(ref writer);
        writer.WriteAttribute("rtcp"u8, local.RtcpPort);
        writer.WriteFlag(direction.ToAttribute());
    }

    private SdesExchange? ExchangeOver(MediaDescription media) => Exchange ?? (media.IsSavp ? _exchange = new(encryption) : null);

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
