using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>
/// Answers two offers by one another, as is needed where two parties that both called are to speak together: by one sound that both offered, and DTMF
/// where both have it.
/// </summary>
/// <remarks>
/// Both answers name formats by the payload types of the second party, as a party does that answers; <see cref="SdpRewriter"/> makes of them what the
/// parties are told.
/// </remarks>
public static class JointAnswer
{
    /// <summary>Looks for what both can speak, best first by the first one's order.</summary>
    /// <param name="first">One party's offer.</param>
    /// <param name="second">The other's.</param>
    /// <param name="isG711">Whether the sound must be G.711.</param>
    /// <param name="toFirst">What the first one is answered; null when they have nothing in common.</param>
    /// <param name="toSecond">What the second one is.</param>
    public static bool TryAgree(
        SessionDescription first,
        SessionDescription second,
        bool isG711,
        [NotNullWhen(true)] out SessionDescription? toFirst,
        [NotNullWhen(true)] out SessionDescription? toSecond)
    {
        (toFirst, toSecond) = (null, null);
        if (FindAudio(first) is not { } mine || FindAudio(second) is not { } theirs || FindSound(mine, theirs, isG711) is not { } sound)
            return false;

        var hasEvents = LocalAnswer.FindEvents(mine, LocalAnswer.ClockRateOf(theirs, sound)) is not null;
        toFirst = LocalAnswer.Write(first, mine, theirs, second.Bytes.Length, sound, hasEvents);
        toSecond = LocalAnswer.Write(second, theirs, theirs, second.Bytes.Length, sound, hasEvents);
        return true;
    }

    private static MediaDescription? FindAudio(SessionDescription offer) =>
        RemoteAudio.Read(offer, out var audio) == SdpRefusal.None && audio is { IsRejected: false, Media: { } line } ? line : null;

    /// <summary>The second one's payload type of the first sound of the first one that both have.</summary>
    private static byte? FindSound(MediaDescription first, MediaDescription second, bool isG711)
    {
        foreach (var codec in first.Codecs)
        {
            if (!codec.IsSound || (isG711 && !IsG711(codec)))
                continue;

            foreach (var other in second.Codecs)
            {
                if (IsSame(codec, other))
                    return other.PayloadType;
            }
        }

        return null;
    }

    private static bool IsSame(in SdpCodec a, in SdpCodec b) =>
        !a.Name.IsEmpty && Ascii.EqualsIgnoreCase(a.Name, b.Name) && a.ClockRateHz == b.ClockRateHz && a.Channels == b.Channels;

    private static bool IsG711(in SdpCodec codec) =>
        Ascii.EqualsIgnoreCase(codec.Name, "PCMU"u8) || Ascii.EqualsIgnoreCase(codec.Name, "PCMA"u8);
}
