using System.Collections.Immutable;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using Route = TekSipCloud.Contracts.DialPlan.Route;

namespace TekSipCloud.Silo.Demo;

/// <summary>The demo tenant's ways out. Every name and address is one that leads nowhere (RFC 2606, RFC 5737).</summary>
internal static class DemoDialPlan
{
    public static readonly Destination Carrier = new()
    {
        Name = "Meridian Telecom",
        Gateway = "192.0.2.10",
        Domain = "sip.meridian.example",
        Username = "harbour",
        Capacity = 60,
    };

    public static readonly Destination Backup = new()
    {
        Name = "Northline (backup)",
        Type = DestinationType.Proxy,
        Gateway = "198.51.100.20",
        Transport = Transport.Tcp,
        Capacity = 20,
    };

    public static readonly Destination Pbx = new()
    {
        Name = "Head office PBX",
        Type = DestinationType.Proxy,
        Gateway = "203.0.113.5",
        RemovePrefix = true,
    };

    private static readonly Destination Emergency = new()
    {
        Name = "Emergency",
        Gateway = "192.0.2.112",
        Transport = Transport.Tcp,
    };

    private static readonly Destination Fax = new()
    {
        Name = "Fax server",
        Gateway = "203.0.113.9",
        Port = 5070,
        RemovePrefix = true,
        Capacity = 4,
    };

    public static ImmutableArray<Destination> Destinations { get; } = [Carrier, Backup, Emergency, Pbx, Fax];

    public static ImmutableArray<Route> Routes { get; } =
    [
        To(Emergency, "112"), To(Emergency, "999"), To(Pbx, "7"), To(Fax, "8"), To(Carrier, "00"), To(Backup, "00"),
        To(Carrier, "07"), To(Backup, "09", enabled: false), To(Carrier, ""), To(Backup, ""),
    ];

    public static ImmutableArray<IpFilter> IpFilters { get; } =
    [
        new("10.20.0.0/16", IpFilterAction.Allow, 0), new("192.0.2.0/28", IpFilterAction.Trust, 1),
        new("203.0.113.5", IpFilterAction.Bypass, 2), new("198.51.100.128/25", IpFilterAction.Drop, 3),
    ];

    public static ImmutableArray<(string Address, string UserAgent)> Quarantined { get; } =
    [
        ("198.51.100.77", "friendly-scanner"), ("203.0.113.166", "sipvicious"),
        ("198.51.100.201", "VaxSIPUserAgent/3.1"), ("203.0.113.240", ""),
    ];

    /// <summary>The routes that take a number, in the order in which they are tried.</summary>
    public static IEnumerable<(Route Route, Destination Destination)> RoutesOf(string number) => Routes
        .Where(route => route.Enabled && number.StartsWith(route.Prefix, StringComparison.Ordinal))
        .OrderByDescending(route => route.Prefix.Length)
        .Select(route => (route, Destinations.First(destination => destination.Name == route.Destination)));

    private static Route To(Destination destination, string prefix, bool enabled = true) =>
        new() { Destination = destination.Name, Prefix = prefix, Enabled = enabled };
}
