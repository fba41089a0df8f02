using System.Collections.Immutable;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Grains.Tests.Registrations;

/// <summary>What phones send.</summary>
internal static class Phones
{
    public static FlowAddress Flow(string node = "a", string incarnation = "01", long connection = 0) => new(
        new(node, incarnation, connection), connection == 0 ? Transport.Udp : Transport.Tcp, "192.0.2.1", 5060, "192.0.2.9:5060");

    public static ContactWish Contact(
        string user, int seconds = 600, string? instance = null, int? regId = null, int q = 1000) =>
        new($"sip:{user}@192.0.2.1", TimeSpan.FromSeconds(seconds), q, instance, regId, $"sip:{user}@192.0.2.1");

    public static RegisterCommand Register(uint cSeq, params ContactWish[] contacts) =>
        Register("call-1", cSeq, contacts);

    public static RegisterCommand Register(string callId, uint cSeq, params ContactWish[] contacts) =>
        new(callId, cSeq, [.. contacts], RemoveAll: false, [], Flow(), "phone/1");

    public static RegisterCommand RemoveAll(string callId, uint cSeq) =>
        new(callId, cSeq, ImmutableArray<ContactWish>.Empty, RemoveAll: true, [], Flow(), "phone/1");
}
