using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Options;

namespace TekSipCloud.Gateway.Admission;

/// <summary>The names and addresses by which this node is called itself.</summary>
internal sealed class OwnAddresses
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.OrdinalIgnoreCase);

    public OwnAddresses(IOptions<GatewayOptions> options)
    {
        var binds = options.Value.BindAddresses;
        string[] external = [.. binds.Select(b => options.Value.ExternalHostOf(b.AddressFamily)).OfType<string>()];
        Advertised = external.FirstOrDefault() ?? FirstOf(binds[0]).ToString();
        foreach (var name in external.Append(Advertised))
            _names[name] = true;
        foreach (var address in binds.SelectMany(bind => IsAny(bind) ? Interfaces() : [bind]))
            Add(address);
    }

    /// <summary>What phones and people are told: the external name, else the bound address, else the machine's first.</summary>
    public string Advertised { get; }

    /// <summary>Takes an address that turned out to be ours, such as the external name's.</summary>
    public void Add(IPAddress address) => _names[address.ToString()] = true;

    /// <summary>Forgets an address that is ours no more.</summary>
    public void Remove(IPAddress address) => _names.TryRemove(address.ToString(), out _);

    /// <summary>Whether a host of a URI is this node; an IPv6 address may be written in more than one way (RFC 5952 §1).</summary>
    public bool Contains(string host) =>
        _names.ContainsKey(host)
        || (host.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(host, out var address) && _names.ContainsKey(address.ToString()));

    private static IPAddress FirstOf(IPAddress bind) => !IsAny(bind)
        ? bind
        : Interfaces().FirstOrDefault(a => a.AddressFamily == bind.AddressFamily && !IPAddress.IsLoopback(a)) ?? IPAddress.Loopback;

    private static IEnumerable<IPAddress> Interfaces() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => !a.IsIPv6LinkLocal);

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
