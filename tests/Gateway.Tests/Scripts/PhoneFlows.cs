using System.Diagnostics.CodeAnalysis;
using System.Net;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>The flows to the phones of a script.</summary>
internal sealed class PhoneFlows : ISipFlows
{
    private readonly Dictionary<(SipTransportProtocol Protocol, IPEndPoint Remote), PhoneFlow> _flows = [];

    /// <summary>Where the gateway wanted to send to, whether or not there was a way.</summary>
    public HashSet<IPEndPoint> Asked { get; } = [];

    /// <summary>Bytes that the phones allocated while they took what was sent to them.</summary>
    public long Allocated => _flows.Values.Sum(flow => flow.Allocated);

    public PhoneFlow Add(SipTransportProtocol protocol, string remote)
    {
        var flow = new PhoneFlow(protocol, IPEndPoint.Parse(remote));
        _flows[(protocol, flow.Remote)] = flow;
        return flow;
    }

    public bool TryFindFlow(
        SipTransportProtocol protocol, IPEndPoint remote, [NotNullWhen(true)] out SipFlow? flow, int localPort = 0)
    {
        Asked.Add(remote);
        flow = _flows.GetValueOrDefault((protocol, remote)) is { IsOpen: true } open ? open : null;
        return flow is not null;
    }

    public bool TryFindFlow(long id, [NotNullWhen(true)] out SipFlow? flow)
    {
        flow = _flows.Values.FirstOrDefault(f => f.Id == id && f.IsOpen);
        return flow is not null;
    }

    /// <summary>What comes of opening a connection, later; null for at once.</summary>
    public TaskCompletionSource<SipFlow?>? Opening { get; set; }

    public ValueTask<SipFlow?> OpenFlow(SipTarget target, CancellationToken cancel = default) =>
        Opening is { } opening ? new(opening.Task) : new(TryFindFlow(target.Protocol, target.Remote, out var flow) ? flow : null);
}
