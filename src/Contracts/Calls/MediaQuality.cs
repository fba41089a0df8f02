namespace TekSipCloud.Contracts.Calls;

/// <summary>How media went over one leg, as far as it was measured: by us on the way from the party, by the party's reports (RTCP) on the way to it.</summary>
/// <param name="Duplicates">Packets of the party that came twice.</param>
/// <param name="Reordered">Packets of the party that came after one sent later.</param>
/// <param name="RoundTripMilliseconds">The time to the party and back (RFC 3550 §6.4.1); null when not measured.</param>
/// <param name="LostToParty">Packets that did not reach the party; null when it did not tell.</param>
/// <param name="JitterAtPartyMilliseconds">Interarrival jitter at the party; null when it did not tell.</param>
/// <param name="MosReceived">Mean opinion score of what came from the party, 1 to 4.5 (ITU-T G.107); null when not all that takes was measured.</param>
/// <param name="MosSent">The same of what was sent to it.</param>
[GenerateSerializer, Immutable, Alias("media-quality")]
public sealed record MediaQuality(
    [property: Id(0)] long Duplicates,
    [property: Id(1)] long Reordered,
    [property: Id(2)] double? RoundTripMilliseconds,
    [property: Id(3)] long? LostToParty,
    [property: Id(4)] double? JitterAtPartyMilliseconds,
    [property: Id(5)] double? MosReceived,
    [property: Id(6)] double? MosSent);
