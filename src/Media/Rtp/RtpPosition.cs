namespace TekSipCloud.Media.Rtp;

/// <summary>How far a stream has got.</summary>
/// <param name="Ssrc">Its name.</param>
/// <param name="Sequence">Its highest sequence number.</param>
/// <param name="Timestamp">Its last timestamp.</param>
internal readonly record struct RtpPosition(uint Ssrc, ushort Sequence, uint Timestamp);
