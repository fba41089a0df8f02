using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Api.Calls;

/// <summary>What went over one side of a call.</summary>
/// <param name="Codec">The codec's name; empty when not known.</param>
/// <param name="PacketsReceived">RTP packets accepted from the party.</param>
/// <param name="OctetsReceived">Their octets.</param>
/// <param name="PacketsSent">RTP packets sent to the party.</param>
/// <param name="OctetsSent">Their octets.</param>
/// <param name="PacketsLost">Packets of the party that did not arrive.</param>
/// <param name="JitterMilliseconds">Interarrival jitter at the end (RFC 3550 §6.4.1).</param>
/// <param name="StrangersDropped">Packets from addresses that were not the party's.</param>
/// <param name="Encryption">How it was encrypted at the end, such as <c>AES_CM_128_HMAC_SHA1_80</c>; null for plain RTP.</param>
/// <param name="UnauthenticDropped">Packets dropped since they were not made with the agreed key, or came before; null where there was no
/// key.</param>
internal sealed record MediaFiguresDto(
    string Codec,
    long PacketsReceived,
    long OctetsReceived,
    long PacketsSent,
    long OctetsSent,
    long PacketsLost,
    double JitterMilliseconds,
    long StrangersDropped,
    string? Encryption,
    long? UnauthenticDropped)
{
    public static MediaFiguresDto? From(MediaFigures? figures) => figures is null ? null : new(
        figures.Codec,
        figures.PacketsReceived,
        figures.OctetsReceived,
        figures.PacketsSent,
        figures.OctetsSent,
        figures.PacketsLost,
        figures.JitterMilliseconds,
        figures.StrangersDropped,
        figures.Encryption,
        figures.UnauthenticDropped);
}
