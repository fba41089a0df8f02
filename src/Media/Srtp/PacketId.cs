namespace TekSipCloud.Media.Srtp;

/// <summary>What makes a packet unlike all others under one key.</summary>
/// <param name="Ssrc">Its source.</param>
/// <param name="Index">RTP: rollover counter and sequence number, 48 bits (RFC 3711 §3.3.1). RTCP: 31 bits (§3.4).</param>
internal readonly record struct PacketId(uint Ssrc, ulong Index);
