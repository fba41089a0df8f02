using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Grains.Tests.Calls;

/// <summary>Believable calls.</summary>
internal static class Samples
{
    public static CallSummary Call(TenantId tenant, string node = "a", string incarnation = "01")
    {
        var started = TimeProvider.System.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(started),
            Tenant = tenant,
            Node = node,
            Incarnation = incarnation,
            Caller = new("101", "", CallPartyKind.Extension, "", ""),
            Callee = new("102", "", CallPartyKind.Extension, "", ""),
            Started = started,
        };
    }

    public static CallRecord End(CallSummary call) =>
        new() { Call = call, Ended = call.Started.AddSeconds(9), Status = 200, EndedBy = CallEnd.Callee };
}
