namespace TekSipCloud.Media.Relay;

/// <summary>An even RTP port and the RTCP port above it, both open (RFC 3550 §11).</summary>
internal sealed class PortPair(int rtpPort, MediaSocket rtp, MediaSocket rtcp) : IDisposable
{
    public int RtpPort { get; } = rtpPort;

    public int RtcpPort => RtpPort + 1;

    public MediaSocket Rtp { get; } = rtp;

    public MediaSocket Rtcp { get; } = rtcp;

    /// <summary>Whether something came that nobody has read.</summary>
    public bool HasPending => Rtp.Socket.Available > 0 || Rtcp.Socket.Available > 0;

    public void Dispose()
    {
        Rtp.Dispose();
        Rtcp.Dispose();
    }
}
