using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Options;

namespace TekSipCloud.Gateway.Admission;

/// <summary>The names and addresses by which this node is called itself.</summary>
internal sealed class OwnAddresses
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public OwnAddresses(IOptions<GatewayOptions> options)
    {
        var bind = options.Value.BindAddress;
        Advertised = options.Value.External.Length > 0 ? options.Value.External : FirstOf(bind).ToString();
        _names.Add(Advertised);
        foreach (var address in IsAny(bind) ? Interfaces() : [bind])
            _names.Add(address.ToString());
    }

    /// <summary>What phones and people are told: the external name, else the bound address, else the machine's first.</summary>
    public string Advertised { get; }

    public bool Contains(string host) => _names.Contains(host);

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
