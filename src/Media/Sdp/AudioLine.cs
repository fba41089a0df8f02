namespace TekSipCloud.Media.Sdp;

/// <summary>Chooses the one audio line of an offer that is carried; every other m= line is rejected.</summary>
internal static class AudioLine
{
    // Some phones offer SRTP and RTP as two m= lines; an answer then has the unwanted one at port 0.
    public static SdpRefusal Choose(SessionDescription description, out int index)
    {
        index = -1;
        var refusal = SdpRefusal.NoAudio;
        for (var i = 0; i < description.Media.Length; i++)
        {
            var media = description.Media[i];
            if (media.Kind != MediaKind.Audio)
                continue;

            if (!IsPlain(media))
                refusal = IsSecure(media) ? SdpRefusal.SecureAudioOnly : Max(refusal, SdpRefusal.UnsupportedTransport);
            else if (index < 0 || description.Media[index].Port == 0)
                index = i;
        }

        return index < 0 ? refusal : SdpRefusal.None;
    }

    public static bool IsPlain(MediaDescription media) =>
        media.Protocol is MediaProtocol.RtpAvp or MediaProtocol.RtpAvpf;

    private static bool IsSecure(MediaDescription media) => media.Protocol
        is MediaProtocol.RtpSavp or MediaProtocol.RtpSavpf or MediaProtocol.DtlsRtpSavp or MediaProtocol.DtlsRtpSavpf;

    private static SdpRefusal Max(SdpRefusal earlier, SdpRefusal now) =>
        earlier == SdpRefusal.NoAudio ? now : earlier;
}
