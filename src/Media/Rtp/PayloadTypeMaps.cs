namespace TekSipCloud.Media.Rtp;

/// <summary>Where a party's payload types are not those of the party that it talks with.</summary>
/// <param name="FromParty">For what it sends.</param>
/// <param name="ToParty">For what it is sent.</param>
public sealed record PayloadTypeMaps(PayloadTypeMap FromParty, PayloadTypeMap ToParty);
