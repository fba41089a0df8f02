using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Resolution;

/// <summary>Finds transport, name and port of a domain's servers by NAPTR and SRV (RFC 3263 §4.1 and §4.2).</summary>
internal sealed class ServiceLookup(IDnsLookup dns, Func<int, int> random)
{
    /// <summary>RFC 3263 §4.1: without NAPTR the client chooses the order.</summary>
    private static readonly SipTransportProtocol[] OwnOrder = [SipTransportProtocol.Udp, SipTransportProtocol.Tcp, SipTransportProtocol.Tls];

    private static readonly SipTransportProtocol[] SecureOnly = [SipTransportProtocol.Tls];

    /// <summary>The servers of a domain for which no port is known.</summary>
    /// <param name="domain">In the form of <see cref="DnsName"/>.</param>
    /// <param name="protocol">The transport if it is known.</param>
    /// <param name="isSecure">Whether TLS alone will do.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>In order; empty when DNS says decidedly that there is no such service.</returns>
    public async Task<IReadOnlyList<SipServer>> Find(
        string domain, SipTransportProtocol? protocol, bool isSecure, CancellationToken cancel)
    {
        if (protocol is { } known)
            return await FindByService(ServiceName(known, domain), known, cancel).ConfigureAwait(false) ?? [Default(domain, known)];

        var byNaptr = await FindByTransports(domain, isSecure, cancel).ConfigureAwait(false);
        return byNaptr ?? await FindByOwnOrder(domain, isSecure ? SecureOnly : OwnOrder, cancel).ConfigureAwait(false);
    }

    /// <summary>RFC 3263 §4.1: of the records that we can use, those of the lowest order. Null when there are none.</summary>
    private async Task<IReadOnlyList<SipServer>?> FindByTransports(string domain, bool isSecure, CancellationToken cancel)
    {
        var answer = await dns.Lookup(new(domain, DnsRecordType.Naptr), cancel).ConfigureAwait(false);
        var usable = answer.Records.OfType<TransportRecord>()
            .Select(record => (Record: record, Protocol: ProtocolOf(record)))
            .Where(r => r.Protocol is { } protocol && (!isSecure || protocol == SipTransportProtocol.Tls))
            .ToList();
        if (usable.Count == 0)
            return null;

        var lowest = usable.Min(r => r.Record.Order);
        var servers = new List<SipServer>();
        foreach (var (record, protocol) in usable.Where(r => r.Record.Order == lowest).OrderBy(r => r.Record.Preference))
            servers.AddRange(await FindByService(record.Replacement, protocol!.Value, cancel).ConfigureAwait(false) ?? []);
        return servers.Count > 0 ? servers : null;
    }

    /// <summary>RFC 3263 §4.1: without NAPTR, SRV for each transport that we can use; the first that is there is taken.</summary>
    private async Task<IReadOnlyList<SipServer>> FindByOwnOrder(string domain, SipTransportProtocol[] protocols, CancellationToken cancel)
    {
        var found = await Task.WhenAll(protocols.Select(p => FindByService(ServiceName(p, domain), p, cancel))).ConfigureAwait(false);
        return Array.Find(found, servers => servers is { Count: > 0 })
            // RFC 3263 §4.2: "." says that there is no such service; without any SRV the name itself is the server, by UDP, or TLS for sips.
            ?? (Array.Exists(found, servers => servers is not null) ? [] : [Default(domain, protocols[0])]);
    }

    /// <summary>Null when there are no SRV records.</summary>
    private async Task<IReadOnlyList<SipServer>?> FindByService(string service, SipTransportProtocol protocol, CancellationToken cancel)
    {
        if (!DnsName.TryNormalize(service, out var name))
            return null;

        var answer = await dns.Lookup(new(name, DnsRecordType.Srv), cancel).ConfigureAwait(false);
        return answer.Outcome != DnsOutcome.Found ? null
            :
            [
                .. ServiceOrder.Arrange(answer.Records.OfType<ServiceRecord>().Take(SipResolution.MaxTargets), random)
                    .Where(r => r.Target.Length > 0 && r.Port > 0)
                    .Select(r => new SipServer(protocol, r.Target, r.Port)),
            ];
    }

    private static SipServer Default(string domain, SipTransportProtocol protocol) => new(protocol, domain, protocol.DefaultPort());

    /// <summary>RFC 3263 §4.1, RFC 7118 §8.</summary>
    private static string ServiceName(SipTransportProtocol protocol, string domain) => protocol switch
    {
        SipTransportProtocol.Udp => $"_sip._udp.{domain}",
        SipTransportProtocol.Tcp => $"_sip._tcp.{domain}",
        SipTransportProtocol.Tls => $"_sips._tcp.{domain}",
        SipTransportProtocol.Ws => $"_sip._ws.{domain}",
        _ => $"_sips._wss.{domain}",
    };

    /// <summary>Null for what is not SIP, or is opened from the other side only, such as a WebSocket (SIP+D2W).</summary>
    private static SipTransportProtocol? ProtocolOf(TransportRecord record)
    {
        // RFC 3263 §4.1: flag "s" and a replacement; anything else is for other applications.
        if (!record.Flags.Equals("s", StringComparison.OrdinalIgnoreCase) || record.Replacement.Length == 0)
            return null;

        return record.Service.ToUpperInvariant() switch
        {
            "SIP+D2U" => SipTransportProtocol.Udp,
            "SIP+D2T" => SipTransportProtocol.Tcp,
            "SIPS+D2T" => SipTransportProtocol.Tls,
            _ => null,
        };
    }
}
