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
    TenantViews tenants, Authenticator authenticator, AuthenticationWaiver waiver, DestinationAddresses addresses, NodeRegistrations registrations,
    OwnAddresses own)
{
    /// <summary>Judges a request that opens no known transaction and names no dialog.</summary>
    /// <param name="flow">The way it came.</param>
    /// <param name="request">The request.</param>
    /// <param name="hasRead">Whether its account was read for it.</param>
    public Verdict Judge(SipFlow flow, SipMessage request, bool hasRead)
    {
        var refusal = RequestChecks.Refusal(request);
        if (refusal is not (0 or 405))
            return Verdict.Refuse(refusal);

        // RFC 3261 §12.2.2: what belongs to a dialog must name it.
        if (request.Method == SipMethod.Bye)
            return Verdict.Refuse(481);

        if (!request.TryGetRequestUri(out var uri, out _))
            return Verdict.Refuse(400);

        var domain = uri.Host.Trim("[]"u8);
        if (!tenants.TryFindByDomain(domain, out var tenant))
            return WaitForDomain(Encoding.UTF8.GetString(domain));

        // Which methods are taken its domain says.
        if (Origination.Refuses(request.Method) && tenant?.IsOriginationOnly(domain) == true)
            return Verdict.Refuse(405) with { Tenant = tenant.Id, IsOriginationOnly = true };
        // RFC 3515 §2.4.2: out of calls nobody is transferred, whoever asks; no state is made to say so.
        if (refusal == 0 && request.Method == SipMethod.Refer)
            return Verdict.Refuse(403) with { Tenant = tenant?.Id };
        // RFC 6665 §4.1.3: a NOTIFY without a subscription is one of them.
        if (refusal != 0 || request.Method is SipMethod.Info or SipMethod.Update or SipMethod.Prack or SipMethod.Notify)
            return Verdict.Refuse(refusal != 0 ? refusal : 481);

        tenant ??= own.Contains(Encoding.UTF8.GetString(domain)) ? FindByDestination(flow) : null;
        return tenant switch
        {
            // RFC 3261 §10.3 step 1, §16.4: a server that is not responsible for the domain relays nothing.
            null => Verdict.Refuse(404),
            { Tenant.Enabled: false } => Verdict.Refuse(403) with { Tenant = tenant.Id },
            // Also a carrier must say who it is: nobody can be called there.
            _ when tenant.IsOriginationOnly(domain) => JudgeOrigination(request, tenant, hasRead) with { Tenant = tenant.Id },
            _ => JudgeSender(flow, request, tenant) with { Tenant = tenant.Id },
        };
    }

    /// <summary>Whether the request names a domain, in memory already, that takes calls and rings nobody.</summary>
    public bool IsOriginationOnly(SipMessage request)
    {
        if (!request.TryGetRequestUri(out var uri, out _))
            return false;

        var domain = uri.Host.Trim("[]"u8);
        return tenants.TryFindByDomain(domain, out var tenant) && tenant?.IsOriginationOnly(domain) == true;
    }

    /// <summary>
    /// Whether an OPTIONS asks an extension what it can, who is to be asked, and not this server, which answers everybody (RFC 3261 §11). While its
    /// domain is not in memory it may be.
    /// </summary>
    public bool IsForExtension(SipFlow flow, SipMessage options)
    {
        // RFC 3261 §11: without hops left whoever has it answers.
        if (options.MaxForwards == 0 || RequestChecks.Refusal(options) != 0
            || !options.TryGetRequestUri(out var uri, out _) || uri.User.IsEmpty)
        {
            return false;
        }

        // A carrier asks so whether we are there, and has no credentials.
        var domain = uri.Host.Trim("[]"u8);
        return !tenants.TryFindByDomain(domain, out var tenant)
            || (tenant is not null && !tenant.IsOriginationOnly(domain) && (IsPhone(flow, options) || FindDestination(tenant, flow) is null));
    }

    private Verdict WaitForDomain(string domain) =>
        Verdict.Wait(() => tenants.FindByDomain(domain, CancellationToken.None).AsTask());

    private Verdict JudgeSender(SipFlow flow, SipMessage request, TenantView tenant)
    {
        // The manual, Routing: requests from a destination's address are not authenticated, and reach extensions only.
        if (request.Method == SipMethod.Invite && !IsPhone(flow, request) && FindDestination(tenant, flow) is { } destination)
            return Verdict.Admit(new AdmittedRequest(tenant, new Requester(null, destination)));

        if (IsUnwanted(request, tenant))
            return Verdict.Refuse(403);

        if (request.Method == SipMethod.Invite && !tenant.Settings.AuthenticateLocalCalls && IsGuest(flow, request, tenant))
            return Verdict.Admit(new AdmittedRequest(tenant, Requester.Nobody));

        return waiver.Find(tenant, flow) is { } why ? authenticator.Believe(request, tenant, why) : authenticator.Judge(request, tenant);
    }

    private Verdict JudgeOrigination(SipMessage request, TenantView tenant, bool hasRead) =>
        IsUnwanted(request, tenant) ? Verdict.Refuse(403) : authenticator.JudgeOrigination(request, tenant, hasRead);

    private static bool IsUnwanted(SipMessage request, TenantView tenant) => tenant.UserAgents is { } rules && !rules.Admits(request);

    /// <summary>A phone may share its address with a destination (one NAT, one machine): it registered by this way, or has credentials.</summary>
    private bool IsPhone(SipFlow flow, SipMessage request) =>
        request.Has(SipHeaderName.ProxyAuthorization)
        || registrations.HasWay(FlowAddresses.TransportOf(flow.Protocol), flow.Remote);

    /// <summary>
    /// The manual, Authenticate Calls to Local Endpoints: who calls from elsewhere. Who says that it is of here is to prove it, and a page from anywhere may open
    /// a browser's WebSocket.
    /// </summary>
    private bool IsGuest(SipFlow flow, SipMessage request, TenantView tenant) =>
        flow.Protocol is not (SipTransportProtocol.Ws or SipTransportProtocol.Wss)
        && !request.Has(SipHeaderName.Authorization) && !IsPhone(flow, request)
        && request.TryGetFrom(out var from) && from.TryGetUri(out var uri, out _) && !uri.Host.IsEmpty
        && !tenant.HasDomain(uri.Host.Trim("[]"u8)) && !own.Contains(Encoding.UTF8.GetString(uri.Host.Trim("[]"u8)));

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
            // Who drops what it sends has no business with it, and must not keep it from another tenant.
            if (FindDestination(tenant, flow) is null || tenant.IpFilters?.Drops(flow.Remote.Address) == true)
                continue;
            if (found is not null)
                return null;

            found = tenant;
        }

        return found;
    }
}
