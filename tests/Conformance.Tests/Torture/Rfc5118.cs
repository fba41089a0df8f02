using static TekSipCloud.Conformance.Tests.Torture.Outcome;

namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>The 12 messages of RFC 5118.</summary>
internal static class Rfc5118
{
    public static readonly TortureCase[] Cases =
    [
        Case("4.1", "ipv6-good", Challenged(200), "an IPv6 reference as registrar and Contact", ("Contact", "<sip:caller@[2001:db8::1]>")),
        Case("4.2", "ipv6-bad", Answered(400), "an IPv6 address without brackets"),
        Case("4.3", "port-ambiguous", Answered(404), "5070 is a part of the address, which is not ours"),
        Case("4.4", "port-unambiguous", Challenged(200), "5070 is the port, and the address is ours", ("Contact", "<sip:caller@[2001:db8::1]>")),
        Case("4.5", "via-received-param-with-delim", Answered(481), "received with brackets is read; no such dialog"),
        Case("4.5", "via-received-param-no-delim", Answered(200), "received without brackets is read"),
        Case("4.6", "ipv6-in-sdp", Called, "IPv6 addresses in the session description"),
        Case("4.7", "mult-ip-in-header", Answered(481), "Vias of both families; no such dialog"),
        Case("4.8", "mult-ip-in-sdp", Called, "a session description of both families"),
        Case("4.9", "ipv4-mapped-ipv6", Called, "mapped IPv4 addresses in Via, Contact and session description"),
        Case("4.10", "ipv6-bug-abnf-3-colons", Answered(200), "three colons, as RFC 3261's grammar had it, are read as two"),
        Case("4.10", "ipv6-correct-abnf-2-colons", Answered(200), "two colons"),
    ];

    private static TortureCase Case(string section, string name, Outcome outcome, string because, (string, string)? shows = null) =>
        new(5118, section, name, outcome, null, because) { Shows = shows, Username = "user" };
}
