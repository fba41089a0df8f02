using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Api.Calls;

/// <summary>One side of a call.</summary>
/// <param name="Number">The SIP user part or number.</param>
/// <param name="Name">The display name; empty for none.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Address">Its network address as <c>address:port</c>; empty when not known.</param>
/// <param name="UserAgent">Its User-Agent; empty when not known.</param>
internal sealed record CallPartyDto(string Number, string Name, CallPartyKind Kind, string Address, string UserAgent)
{
    public static CallPartyDto From(CallParty party) =>
        new(party.Number, party.Name, party.Kind, party.Address, party.UserAgent);
}
