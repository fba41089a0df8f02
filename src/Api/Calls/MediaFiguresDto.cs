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
/// <param name="Duplicates">Packets of the party that came twice.</param>
/// <param name="Reordered">Packets of the party that came after one sent later.</param>
/// <param name="RoundTripMilliseconds">The time to the party and back (RTCP); null when not measured.</param>
/// <param name="LostToParty">Packets that did not reach the party, as it reports; null when it does not.</param>
/// <param name="JitterAtPartyMilliseconds">Interarrival jitter at the party, as it reports; null when it does not.</param>
/// <param name="MosReceived">Mean opinion score of what came from the party, 1 to 4.5 (ITU-T G.107); null when not all that takes was measured, or
/// there are no figures of the codec.</param>
/// <param name="MosSent">The same of what was sent to the party.</param>
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
    long? UnauthenticDropped,
    long Duplicates,
    long Reordered,
    double? RoundTripMilliseconds,
    long? LostToParty,
    double? JitterAtPartyMilliseconds,
    double? MosReceived,
    double? MosSent)
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
        figures.UnauthenticDropped,
        figures.Quality?.Duplicates ?? 0,
        figures.Quality?.Reordered ?? 0,
        figures.Quality?.RoundTripMilliseconds,
        figures.Quality?.LostToParty,
        figures.Quality?.JitterAtPartyMilliseconds,
        figures.Quality?.MosReceived,
        figures.Quality?.MosSent);
}
