using System.Collections.Immutable;
using System.Net;
using System.Text;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Trunks;

/// <summary>
/// Where the sender of a request is answered when its connection is gone, or its datagrams come back: by a connection to the address that the request
/// came from (RFC 3261 §18.2.2), then by the servers that the request's sent-by names (RFC 3263 §5). Only a destination's sent-by is resolved, and
/// only to the destination's own servers: what an answer says is for nobody else, and nobody has us call where they like.
/// </summary>
internal sealed class ReturnPath : IReturnPath
{
    private readonly GatewayContext _context;
    private readonly CallLeg? _leg;
    private readonly Destination? _destination;
    private readonly SipHop _sentBy;
    private SipFlow _lost;
    private ImmutableArray<SipTarget> _targets;
    private bool _isResolved;
    private int _next;

    private ReturnPath(GatewayContext context, SipFlow lost, CallLeg? leg, Destination? destination, SipHop sentBy)
    {
        _context = context;
        _lost = lost;
        _leg = leg;
        _destination = destination;
        _sentBy = sentBy;
        _targets = lost.IsReliable ? [Trusted(new SipTarget(lost.Protocol, new IPEndPoint(lost.Remote.Address, PortOf(sentBy))))] : [];
    }

    /// <summary>The path of a request's answers; null when its sender can be reached in no other way.</summary>
    public static ReturnPath? Of(GatewayContext context, ServerTransaction transaction, CallLeg? leg, Destination? destination)
    {
        var flow = transaction.Flow;
        // RFC 7118 §5: nobody can connect to a browser. What another node holds is that node's to reopen.
        var isOneWay = flow.Protocol is SipTransportProtocol.Ws or SipTransportProtocol.Wss || flow is RemoteFlow;
        if (isOneWay || !transaction.Request.TryGetTopVia(out var via))
            return null;

        var sentBy = new SipHop(Encoding.ASCII.GetString(via.Host), via.Port, flow.Protocol);
        return destination is not null || IsWithoutNat(flow, sentBy) ? new(context, flow, leg, destination, sentBy) : null;
    }

    public async ValueTask<SipFlow?> Next(CancellationToken cancel)
    {
        while (await NextTarget(cancel) is { } target)
        {
            if (await _context.Transports.OpenFlow(target, cancel) is not { } way)
                continue;

            _leg?.Move(_lost, way);
            _lost = way;
            return way;
        }

        return null;
    }

    private async ValueTask<SipTarget?> NextTarget(CancellationToken cancel)
    {
        if (_next == _targets.Length && !_isResolved && _destination is not null)
        {
            _isResolved = true;
            _targets = _targets.AddRange(await Resolve(_destination, cancel));
        }

        return _next < _targets.Length ? _targets[_next++] : null;
    }

    /// <summary>RFC 3263 §5: SRV, or with a port the addresses of the host.</summary>
    private async ValueTask<IEnumerable<SipTarget>> Resolve(Destination destination, CancellationToken cancel)
    {
        var found = await _context.Resolver.Resolve(_sentBy, cancel);
        return found.Targets
            .Where(target => _context.Addresses.IsAt(destination, target.Remote.Address) && !target.Remote.Equals(_lost.Remote))
            .Select(Trusted)
            .Except(_targets);
    }

    /// <summary>RFC 5922 §7.3: by TLS a destination's server must be who the destination says, any other the address itself.</summary>
    private SipTarget Trusted(SipTarget target) => target.Protocol == SipTransportProtocol.Tls && _destination is { } destination
        ? target with { ServerName = destination.Gateway, Trust = ServerRefusals.TrustOf(destination) }
        : target;

    private static int PortOf(SipHop sentBy) => sentBy.Port > 0 ? sentBy.Port : sentBy.Protocol!.Value.DefaultPort();

    /// <summary>Whether a phone is where it says: behind a NAT the port that it names leads to somebody else.</summary>
    private static bool IsWithoutNat(SipFlow flow, SipHop sentBy) =>
        flow.IsReliable && (!IPAddress.TryParse(sentBy.Host.AsSpan().Trim("[]"), out var address) || address.Equals(flow.Remote.Address));
}
