namespace TekSipCloud.Media.Sdp;

/// <summary>Chooses the one audio line of an offer that is carried; every other m= line is rejected.</summary>
internal static class AudioLine
{
    // Some phones offer SRTP and RTP as two m= lines: the encrypted one is carried, and the other is at port 0 in the answer.
    public static SdpRefusal Choose(SessionDescription description, out int index)
    {
        index = -1;
        var refusal = SdpRefusal.NoAudio;
        for (var i = 0; i < description.Media.Length; i++)
        {
            var media = description.Media[i];
            if (media.Kind != MediaKind.Audio)
                continue;

            if (!IsCarried(description, media))
                refusal = IsSecure(media) ? SdpRefusal.SecureAudioOnly : Max(refusal, SdpRefusal.UnsupportedTransport);
            else if (index < 0 || IsBetter(media, description.Media[index]))
                index = i;
        }

        return index < 0 ? refusal : SdpRefusal.None;
    }

    /// <summary>Whether the line's transport is one that is carried.</summary>
    public static bool IsCarried(SessionDescription description, MediaDescription media) =>
        media.Protocol is MediaProtocol.RtpAvp or MediaProtocol.RtpAvpf
        || media.IsSavp && (media.Port == 0 || SdesExchange.FindUsable(media) is not null)
        || media.IsDtls && (media.Port == 0 || DtlsExchange.IsUsable(description, media));

    private static bool IsBetter(MediaDescription media, MediaDescription other) =>
        media.Port != 0 && (other.Port == 0 || IsSecure(media) && !IsSecure(other));

    private static bool IsSecure(MediaDescription media) =>
        media.IsSavp || media.IsDtls;

    private static SdpRefusal Max(SdpRefusal earlier, SdpRefusal now) =>
        earlier == SdpRefusal.NoAudio ? now : earlier;
}
