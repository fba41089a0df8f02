using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Media.Sdp;

/// <summary>
/// What a party would offer if it called somebody now, by what it said last in its call: its formats of audio, both ways whether it holds or is held. Where
/// it is and its keys are not in it: <see cref="SdpRewriter"/> tells nobody of those.
/// </summary>
public static class PartyOffer
{
    // Never told to anybody: the rewriter puts ours in its place.
    private const int AnyPort = 9;
    private const int BytesPerLine = 64;

    /// <summary>Makes the offer.</summary>
    /// <param name="said">The party's last offer or answer, whose m= lines it has; all but the one carried are refused.</param>
    /// <param name="offer">The offer; null where the party has no audio.</param>
    public static bool TryMake(SessionDescription said, [NotNullWhen(true)] out SessionDescription? offer)
    {
        offer = null;
        if (RemoteAudio.Read(said, out var audio) != SdpRefusal.None || audio is not { IsRejected: false, Media: { } line })
            return false;

        var writer = new SdpWriter(new byte[256 + 2 * said.Bytes.Length + BytesPerLine * said.Media.Length]);
        writer.WriteLine((byte)'v', "0"u8);
        writer.WriteLine((byte)'o', "- 0 0 IN IP4 127.0.0.1"u8);
        writer.WriteLine((byte)'s', "-"u8);
        writer.WriteLine((byte)'c', "IN IP4 127.0.0.1"u8);
        writer.WriteLine((byte)'t', "0 0"u8);
        foreach (var media in said.Media)
        {
            if (media == line)
                WriteAudio(ref writer, media);
            else
                writer.WriteMedia(media.KindName, 0, media.ProtocolName, media.Formats);
        }

        return SessionDescription.TryParse(writer.Written, out offer, out _);
    }

    private static void WriteAudio(ref SdpWriter writer, MediaDescription media)
    {
        writer.WriteMedia(media.KindName, AnyPort, "RTP/AVP"u8, media.Formats);
        foreach (var line in media.Lines)
        {
            var value = media.ValueOf(line);
            if (line.Type == (byte)'a' && PassedAttributes.Passes(value))
                writer.WriteLine(line.Type, value);
        }
    }
}
