using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Extensions;
using TekSipCloud.Storage.Registrations;

namespace TekSipCloud.Storage.Tests;

/// <summary>Believable records.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private static int _tenants;

    /// <summary>A tenant that no other test has.</summary>
    public static TenantId NewTenant() => new($"tenant-{Interlocked.Increment(ref _tenants)}");

    public static ExtensionDocument Extension(string username) =>
        new(new Extension { Username = username }, "", "", "");

    public static FlowId Flow(string node =
        "a", string incarnation = "01", long connection = 0) => new(node, incarnation, connection);

    public static StoredBinding Binding(string user, DateTimeOffset expires, FlowId? flow = null, bool outlivesGateway = true)
    {
        var contact = $"sip:{user}@192.0.2.1:5060";
        return new(
            new Binding
            {
                Contact = contact,
                Identity = contact,
                Expires = expires,
                Registered = Noon,
                CallId = "c1",
                CSeq = 1,
                Flow = new(flow ?? Flow(), Transport.Udp, "192.0.2.1", 5060, "192.0.2.2:5060"),
            },
            TimeSpan.FromMinutes(10),
            outlivesGateway);
    }

    public static CallSummary Call(TenantId tenant, DateTimeOffset started, string caller = "101", string callee = "102", string node = "a") =>
        new()
        {
            Id = Guid.CreateVersion7(started),
            Tenant = tenant,
            Node = node,
            Incarnation = "01",
            Caller = new(caller, "", CallPartyKind.Extension, "", ""),
            Callee = new(callee, "", CallPartyKind.Extension, "", ""),
            Started = started,
        };

    public static CallRecord Record(CallSummary call) =>
        new() { Call = call, Ended = call.Started.AddSeconds(20), Status = 200, EndedBy = CallEnd.Caller };
}
