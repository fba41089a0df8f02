using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace TekSipCloud.Media.Relay;

/// <summary>Refuses options that no relay could run with, naming every fault at once.</summary>
internal sealed class RelayOptionsValidator : IValidateOptions<RelayOptions>
{
    public ValidateOptionsResult Validate(string? name, RelayOptions options)
    {
        var faults = new List<string>();
        CheckAddress(faults, nameof(options.BindAddress), options.BindAddress, AddressFamily.InterNetwork);
        CheckAddress(faults, nameof(options.BindAddressV6), options.BindAddressV6, AddressFamily.InterNetworkV6);
        CheckAddress(faults, nameof(options.ExternalAddress), options.ExternalAddress, AddressFamily.InterNetwork);
        CheckAddress(faults, nameof(options.ExternalAddressV6), options.ExternalAddressV6, AddressFamily.InterNetworkV6);

        if (options.FirstPort < 1024 || options.LastPort > ushort.MaxValue || options.LastPort <= options.FirstPort)
            faults.Add($"Ports {options.FirstPort} to {options.LastPort} are no range between 1024 and 65535.");
        if (string.IsNullOrEmpty(options.BindAddress) && string.IsNullOrEmpty(options.BindAddressV6))
            faults.Add("Neither an IPv4 nor an IPv6 address is bound.");
        if (options.Loops is < 0 or > 256)
            faults.Add($"Loops is {options.Loops}, not 0 to 256.");
        if (options.StockPairs is < 0 or > 1024)
            faults.Add($"StockPairs is {options.StockPairs}, not 0 to 1024.");
        if (options.PortQuarantine < TimeSpan.Zero || options.PortQuarantine > TimeSpan.FromMinutes(10))
            faults.Add($"PortQuarantine is {options.PortQuarantine}, not 0 to 10 minutes.");

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckAddress(List<string> faults, string name, string? text, AddressFamily family)
    {
        if (string.IsNullOrEmpty(text) || IPAddress.TryParse(text, out var address) && address.AddressFamily == family)
            return;

        faults.Add($"{name} '{text}' is no {(family == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} address.");
    }
}
