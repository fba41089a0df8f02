using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Silo.Demo;

/// <summary>Who sits at an extension, and at which telephone.</summary>
internal sealed record DemoPerson(Extension Extension, DemoDepartment Department, string Address, string UserAgent)
{
    public string Number => Extension.Username;

    /// <summary>The person as a side of a call.</summary>
    public CallParty Party => new(Number, Extension.DisplayName, CallPartyKind.Extension, Address, UserAgent);
}
