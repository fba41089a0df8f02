using System.Net;

namespace TekSipCloud.Media.Sdp;

/// <summary>Where we want one leg's audio sent: what our c=, m= and a=rtcp lines toward it say.</summary>
/// <param name="Address">Advertised address; its family is the family of the leg.</param>
/// <param name="RtpPort">RTP port, even.</param>
/// <param name="RtcpPort">RTCP port, one above.</param>
public readonly record struct LocalAudio(IPAddress Address, int RtpPort, int RtcpPort);
