using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>
/// What the other party would have answered where there is none: who is called is ourselves. <see cref="SdpRewriter"/> makes of it what the
/// party is told.
/// </summary>
public static class LocalAnswer
{
    // Never told to anybody: the rewriter puts ours in its place.
    private const int AnyPort = 9;
    private const int BytesPerMedia = 64;

    /// <summary>What we offer a party that leaves the offer to us: G.711 by both laws, and DTMF.</summary>
    public static SessionDescription Offer { get; } = Parse(
        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8 0 101\r\n"u8
        + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n"u8);

    /// <summary>Answers an offer with one format of sound, and DTMF at the same clock rate where that is offered.</summary>
    /// <param name="offer">The party's offer.</param>
    /// <param name="isG711">Whether the sound must be G.711, which we can play; else it is what the party likes best.</param>
    /// <param name="answer">The answer; null when nothing offered will do.</param>
    public static bool TryAnswer(SessionDescription offer, bool isG711, [NotNullWhen(true)] out SessionDescription? answer)
    {
        answer = null;
        if (RemoteAudio.Read(offer, out var audio) != SdpRefusal.None || audio is not { IsRejected: false, Media: { } line })
            return false;

        if (Choose(line, isG711 ? audio.G711?.PayloadType : null, isG711) is not { } sound)
            return false;

        answer = Write(offer, line, line, offer.Bytes.Length, sound, hasEvents: true);
        return true;
    }

    /// <summary>Writes an answer to an offer.</summary>
    /// <param name="offer">The offer, whose m= lines it has.</param>
    /// <param name="line">Which of them is answered; the others are refused.</param>
    /// <param name="source">Whose formats it has.</param>
    /// <param name="sourceLength">The most bytes that those have.</param>
    /// <param name="sound">The payload type of the sound there.</param>
    /// <param name="hasEvents">Whether DTMF of the same clock rate is taken, where there is some.</param>
    internal static SessionDescription Write(
        SessionDescription offer, MediaDescription line, MediaDescription source, int sourceLength, byte sound, bool hasEvents)
    {
        var buffer = new byte[256 + 2 * (offer.Bytes.Length + sourceLength) + BytesPerMedia * offer.Media.Length];
        var writer = new SdpWriter(buffer);
        writer.WriteLine((byte)'v', "0"u8);
        writer.WriteLine((byte)'o', "- 0 0 IN IP4 127.0.0.1"u8);
        writer.WriteLine((byte)'s', "-"u8);
        writer.WriteLine((byte)'c', "IN IP4 127.0.0.1"u8);
        writer.WriteLine((byte)'t', "0 0"u8);
        foreach (var media in offer.Media)
        {
            if (media == line)
                WriteAudio(ref writer, source, sound, hasEvents);
            else
                writer.WriteMedia(media.KindName, 0, media.ProtocolName, media.Formats);
        }

        return Parse(writer.Written);
    }

    private static byte? Choose(MediaDescription media, byte? wanted, bool isG711)
    {
        if (isG711)
            return wanted;

        foreach (var codec in media.Codecs)
        {
            if (codec.IsSound)
                return codec.PayloadType;
        }

        return null;
    }

    /// <summary>The payload type of DTMF by a clock rate; null for none.</summary>
    internal static byte? FindEvents(MediaDescription media, int rate)
    {
        foreach (var codec in media.Codecs)
        {
            if (codec.IsTelephoneEvent && codec.ClockRateHz == rate)
                return codec.PayloadType;
        }

        return null;
    }

    private static void WriteAudio(ref SdpWriter writer, MediaDescription media, byte sound, bool hasEvents)
    {
        var events = hasEvents ? FindEvents(media, ClockRateOf(media, sound)) : null;
        var formats = events is { } type ? $"{sound} {type}" : $"{sound}";
        writer.WriteMedia(media.KindName, AnyPort, "RTP/AVP"u8, Encoding.ASCII.GetBytes(formats));
        WriteFormat(ref writer, media, sound);
        if (events is { } dtmf)
            WriteFormat(ref writer, media, dtmf);
    }

    private static void WriteFormat(ref SdpWriter writer, MediaDescription media, byte payloadType)
    {
        WriteOfFormat(ref writer, media, "rtpmap"u8, payloadType);
        WriteOfFormat(ref writer, media, "fmtp"u8, payloadType);
    }

    private static void WriteOfFormat(ref SdpWriter writer, MediaDescription media, ReadOnlySpan<byte> name, byte payloadType)
    {
        if (media.Attributes.TryFindFormat(name, payloadType, out var value))
            writer.WriteAttribute(name, [.. Encoding.ASCII.GetBytes($"{payloadType} "), .. value]);
    }

    internal static int ClockRateOf(MediaDescription media, byte payloadType)
    {
        foreach (var codec in media.Codecs)
        {
            if (codec.PayloadType == payloadType)
                return codec.ClockRateHz;
        }

        return 0;
    }

    private static SessionDescription Parse(ReadOnlySpan<byte> bytes) =>
        SessionDescription.TryParse(bytes, out var description, out var error)
            ? description
            : throw new InvalidOperationException($"A description of ours cannot be read: {error}.");
}
