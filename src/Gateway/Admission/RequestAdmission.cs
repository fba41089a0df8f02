using System.Text;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Gateway.Trunks;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Admission;

/// <summary>
/// Decides about a new request before any state is made for it: whose tenant, from whom, and whether to go on. From memory only;
/// what is missing there is read first and the request judged again.
/// </summary>
internal sealed class RequestAdmission(
    TenantViews tenants, Authenticator authenticator, DestinationAddresses addresses, NodeRegistrations registrations,
    OwnAddresses own)
{
    /// <summary>Judges a request that opens no known transaction and names no dialog.</summary>
    public Verdict Judge(SipFlow flow, SipMessage request)
    {
        if (RequestChecks.Refusal(request) is not 0 and var status)
            return Verdict.Refuse(status);

        // RFC 3261 §12.2.2: what belongs to a dialog must name it.
        if (request.Method is SipMethod.Bye or SipMethod.Info or SipMethod.Update)
            return Verdict.Refuse(481);

        if (!request.TryGetRequestUri(out var uri, out _))
            return Verdict.Refuse(400);

        var domain = uri.Host.Trim("[]"u8);
        if (!tenants.TryFindByDomain(domain, out var tenant))
            return WaitForDomain(Encoding.UTF8.GetString(domain));

        tenant ??= own.Contains(Encoding.UTF8.GetString(domain)) ? FindByDestination(flow) : null;
        return tenant switch
        {
            // RFC 3261 §10.3 step 1, §16.4: a server that is not responsible for the domain relays nothing.
            null => Verdict.Refuse(404),
            { Tenant.Enabled: false } => Verdict.Refuse(403) with { Tenant = tenant.Id },
            _ => JudgeSender(flow, request, tenant) with { Tenant = tenant.Id },
        };
    }

    private Verdict WaitForDomain(string domain) =>
        Verdict.Wait(() => tenants.FindByDomain(domain, CancellationToken.None).AsTask());

    private Verdict JudgeSender(SipFlow flow, SipMessage request, TenantView tenant)
    {
        // The manual, Routing: requests from a destination's address are not authenticated, and reach extensions only.
        if (request.Method == SipMethod.Invite && !IsPhone(flow, request) && FindDestination(tenant, flow) is { } destination)
            return Verdict.Admit(new AdmittedRequest(tenant, new Requester(null, destination)));

        return tenant.UserAgents is { } rules && !rules.Admits(request) ? Verdict.Refuse(403) : authenticator.Judge(request, tenant);
    }

    /// <summary>A phone may share its address with a destination (one NAT, one machine): it registered by this way, or has credentials.</summary>
    private bool IsPhone(SipFlow flow, SipMessage request) =>
        request.Has(SipHeaderName.ProxyAuthorization)
        || registrations.HasWay(FlowAddresses.TransportOf(flow.Protocol), flow.Remote);

    /// <summary>By its address or, on a connection with mutual TLS, by the name that its certificate was verified for (RFC 5922 §7.4).</summary>
    private Destination? FindDestination(TenantView tenant, SipFlow flow) =>
        addresses.Find(tenant, flow.Remote.Address)
        ?? (flow.PeerNames.IsEmpty ? null : tenant.DialPlan.Destinations.Select(target => target.Destination).FirstOrDefault(d => IsNamed(d, flow)));

    private static bool IsNamed(Destination destination, SipFlow flow) =>
        destination is { Enabled: true, Transport: Transport.Tls, Type: not DestinationType.Extension }
        && (flow.PeerNames.Contains(destination.Gateway, StringComparer.OrdinalIgnoreCase)
            || (destination.Domain.Length > 0 && flow.PeerNames.Contains(destination.Domain, StringComparer.OrdinalIgnoreCase)));

    /// <summary>A carrier that calls our address instead of a domain is known by its own address or name, if one tenant only has it.</summary>
    private TenantView? FindByDestination(SipFlow flow)
    {
        TenantView? found = null;
        foreach (var tenant in tenants.All)
        {
            if (FindDestination(tenant, flow) is null)
                continue;
            if (found is not null)
                return null;

            found = tenant;
        }

        return found;
    }
}
