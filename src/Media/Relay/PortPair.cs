namespace TekSipCloud.Media.Relay;

/// <summary>An even RTP port and the RTCP port above it, both open (RFC 3550 §11).</summary>
internal sealed class PortPair(int rtpPort, MediaSocket rtp, MediaSocket rtcp) : IDisposable
{
    public int RtpPort { get; } = rtpPort;

    public int RtcpPort => RtpPort + 1;

    public MediaSocket Rtp { get; } = rtp;

    public MediaSocket Rtcp { get; } = rtcp;

    public void Dispose()
    {
        Rtp.Dispose();
        Rtcp.Dispose();
    }
}
