namespace TekSipCloud.Media.Rtcp;

/// <summary>What a sender report tells of its sender (RFC 3550 §6.4.1).</summary>
/// <param name="NtpTime">When it was made; see <see cref="Rtcp.NtpTime"/>.</param>
/// <param name="RtpTimestamp">The same moment by the RTP clock of the packets.</param>
/// <param name="Packets">Packets sent since the beginning; wraps.</param>
/// <param name="Octets">Octets of their payloads, without headers and padding; wraps.</param>
public readonly record struct SenderNote(ulong NtpTime, uint RtpTimestamp, uint Packets, uint Octets);
