using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Recording;

/// <summary>Copies what one party says into its call's recording.</summary>
internal sealed class RecordingTap(RecordingRing ring, int channel)
{
    /// <summary>On the relay's thread.</summary>
    public void Take(in RtpPacket packet, long arrival) => ring.Put(channel, packet, arrival);
}
