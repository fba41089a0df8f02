using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Relay;
using TekSipCloud.Sip.Resolution;

namespace TekSipCloud.Gateway;

/// <summary>
/// The addresses of the external host name, which SDP needs (Via and Contact bear the name itself). They are looked up each minute; while DNS
/// does not know them the last ones stay.
/// </summary>
internal sealed partial class ExternalAddress(
    IOptions<GatewayOptions> gateway, IOptions<RelayOptions> media, ISipResolver resolver, MediaRelay relay, OwnAddresses own,
    TimeProvider clock, ILogger<ExternalAddress> logger)
{
    private readonly Dictionary<AddressFamily, IPAddress> _current = [];
    private bool _isUnknown;

    /// <summary>The first look-up, which the gateway's start waits for, though not for long.</summary>
    public async Task Begin(CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(gateway.Value.ReadDeadline, clock);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await Refresh(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogUnknown(gateway.Value.ExternalName, "no name server answers");
        }
    }

    /// <summary>Looks the name up anew; nothing happens where an address is set.</summary>
    public async Task Refresh(CancellationToken cancel)
    {
        var name = gateway.Value.ExternalName;
        if (name.Length == 0)
            return;

        // With a port, so that the name is a host's (RFC 3263 §4.2).
        var found = await resolver.Resolve(new SipHop(name, gateway.Value.SipPort is > 0 and var port ? port : 5060), cancel);
        if (found.Targets.IsEmpty && !_isUnknown)
            LogUnknown(name, found.Obstacle);
        _isUnknown = found.Targets.IsEmpty;
        foreach (var addresses in found.Targets.Select(t => t.Remote.Address).GroupBy(a => a.AddressFamily))
            Take(name, addresses.Key, [.. addresses]);
    }

    private void Take(string name, AddressFamily family, IPAddress[] addresses)
    {
        // Of several the same is kept, for as long as it is one of them.
        if (_current.TryGetValue(family, out var current) && addresses.Contains(current))
            return;

        var next = addresses[0];
        _current[family] = next;
        own.Add(next);
        if (current is not null)
            own.Remove(current);
        var isSet = family == AddressFamily.InterNetwork ? media.Value.ExternalAddress : media.Value.ExternalAddressV6;
        if (string.IsNullOrEmpty(isSet))
            relay.Advertise(next);
        LogFound(name, next);
    }

    [LoggerMessage(4057, LogLevel.Information, "The external name {Name} stands for {Address}")]
    private partial void LogFound(string name, IPAddress address);

    [LoggerMessage(4058, LogLevel.Warning, "The external name {Name} has no address now: {Reason} What SDP said before goes on")]
    private partial void LogUnknown(string name, string reason);
}
