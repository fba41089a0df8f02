using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Resolution;

/// <summary>RFC 3263 over our own stub resolver and its cache.</summary>
public sealed class SipResolver : ISipResolver
{
    private readonly ServiceLookup _services;
    private readonly AddressLookup _addresses;

    /// <summary>Makes a resolver with an empty cache; asks nothing yet.</summary>
    /// <param name="options">Name servers and times.</param>
    /// <param name="families">The address families that there are sockets of; addresses of others are not looked for.</param>
    /// <param name="time">Time of lifetimes and deadlines.</param>
    /// <param name="loggers">Get what name servers fail to answer.</param>
    public SipResolver(DnsOptions options, IReadOnlyCollection<AddressFamily> families, TimeProvider time, ILoggerFactory loggers)
    {
        var system = new WatchedFile<ResolvConf>(ResolvConf.Path, ResolvConf.Parse, time);
        var client = new DnsClient(options, system, time, loggers.CreateLogger<DnsClient>());
        var cache = new DnsCache(client, options, time, loggers.CreateLogger<DnsCache>());
        _services = new ServiceLookup(cache, RandomNumberGenerator.GetInt32);
        _addresses = new AddressLookup(
            cache, new WatchedFile<HostsFile>(HostsFile.Path, HostsFile.Parse, time), system, families, RouteProbe.HasRoute);
    }

    internal SipResolver(ServiceLookup services, AddressLookup addresses)
    {
        _services = services;
        _addresses = addresses;
    }

    /// <inheritdoc/>
    public async ValueTask<SipResolution> Resolve(SipHop hop, CancellationToken cancel)
    {
        if (hop is { IsSecure: true, Protocol: SipTransportProtocol.Udp })
            return SipResolution.Nothing($"sips cannot go to {hop.Host} by UDP.");

        var protocol = hop.IsSecure ? SipTransportProtocol.Tls : hop.Protocol;
        if (IPAddress.TryParse(hop.Host.AsSpan().Trim("[]"), out var literal))
        {
            // RFC 3263 §4.1: a numeric host says all but the transport, which is UDP then.
            var known = protocol ?? SipTransportProtocol.Udp;
            return new([new SipTarget(known, new IPEndPoint(literal, PortOf(hop, known)))]);
        }

        return DnsName.TryNormalize(hop.Host, out var name)
            ? await Resolve(name, hop, protocol, cancel).ConfigureAwait(false)
            : SipResolution.Nothing($"'{hop.Host}' is no host name.");
    }

    private async Task<SipResolution> Resolve(string name, SipHop hop, SipTransportProtocol? protocol, CancellationToken cancel)
    {
        var servers = await FindServers(name, hop, protocol, cancel).ConfigureAwait(false);
        if (servers.Count == 0)
            return SipResolution.Nothing($"DNS says that {name} has no SIP service.");

        var found = await Task.WhenAll(servers.Select(s => _addresses.Find(s.Host, cancel))).ConfigureAwait(false);
        var targets = ImmutableArray.CreateBuilder<SipTarget>();
        foreach (var (server, host) in servers.Zip(found))
        {
            // RFC 5922 §4: the certificate must bear the name that was asked for, not the one that SRV led to.
            var certified = server.Protocol.IsSecure() ? name : null;
            targets.AddRange(host.Addresses.Select(a => new SipTarget(server.Protocol, new IPEndPoint(a, server.Port), certified)));
        }

        return targets.Count > 0
            ? new([.. targets.Distinct().Take(SipResolution.MaxTargets)])
            : SipResolution.Nothing(Explain(name, found.Max(host => host.Outcome)));
    }

    private async Task<IReadOnlyList<SipServer>> FindServers(
        string name, SipHop hop, SipTransportProtocol? protocol, CancellationToken cancel)
    {
        // RFC 3263 §4.2: with a port the name is a host's. So is one that this machine knows by itself.
        if (hop.Port > 0 || _addresses.IsLocal(name))
        {
            var known = protocol ?? SipTransportProtocol.Udp;
            return [new SipServer(known, name, PortOf(hop, known))];
        }

        return await _services.Find(name, protocol, hop.IsSecure, cancel).ConfigureAwait(false);
    }

    private static int PortOf(SipHop hop, SipTransportProtocol protocol) => hop.Port > 0 ? hop.Port : protocol.DefaultPort();

    private static string Explain(string name, DnsOutcome outcome) => outcome switch
    {
        DnsOutcome.NoAnswer => $"No name server answers for {name}.",
        DnsOutcome.NoName => $"DNS does not know {name}.",
        _ => $"DNS has no address for {name}.",
    };
}
