namespace TekSipCloud.Contracts.Calls;

/// <summary>One side of a call as it can be shown.</summary>
/// <param name="Number">The SIP user part or number.</param>
/// <param name="Name">The display name; empty for none.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Address">Its network address as <c>address:port</c>; empty when not known.</param>
/// <param name="UserAgent">Its User-Agent; empty when not known.</param>
[GenerateSerializer, Immutable, Alias("call-party")]
public sealed record CallParty(
    [property: Id(0)] string Number,
    [property: Id(1)] string Name,
    [property: Id(2)] CallPartyKind Kind,
    [property: Id(3)] string Address,
    [property: Id(4)] string UserAgent);
