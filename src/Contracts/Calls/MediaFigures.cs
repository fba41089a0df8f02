namespace TekSipCloud.Contracts.Calls;

/// <summary>What went over one leg.</summary>
/// <param name="PacketsReceived">RTP packets accepted from the party.</param>
/// <param name="OctetsReceived">Their octets, RTP headers included.</param>
/// <param name="PacketsSent">RTP packets sent to the party.</param>
/// <param name="OctetsSent">Their octets, RTP headers included.</param>
/// <param name="PacketsLost">Packets of the party that did not arrive, by sequence number (RFC 3550 §6.4.1).</param>
/// <param name="JitterMilliseconds">Interarrival jitter at the end (RFC 3550 §6.4.1).</param>
/// <param name="StrangersDropped">Packets from addresses that were not the party's.</param>
/// <param name="Codec">The codec's name; empty when not known.</param>
/// <param name="Encryption">How it was encrypted at the end, by the name of RFC 4568 §6.2 or RFC 7714 §14.2; null for plain RTP.</param>
/// <param name="UnauthenticDropped">Packets dropped since they were not made with the agreed key, or came before; null where there was no key.</param>
/// <param name="Quality">What else was measured; null where no packet came or went.</param>
[GenerateSerializer, Immutable, Alias("media-figures")]
public sealed record MediaFigures(
    [property: Id(0)] long PacketsReceived,
    [property: Id(1)] long OctetsReceived,
    [property: Id(2)] long PacketsSent,
    [property: Id(3)] long OctetsSent,
    [property: Id(4)] long PacketsLost,
    [property: Id(5)] double JitterMilliseconds,
    [property: Id(6)] long StrangersDropped,
    [property: Id(7)] string Codec,
    [property: Id(8)] string? Encryption = null,
    [property: Id(9)] long? UnauthenticDropped = null,
    [property: Id(10)] MediaQuality? Quality = null);
