using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace TekSipCloud.Sip.Transports;

/// <summary>Finds and opens flows to peers. Thread-safe.</summary>
public interface ISipFlows
{
    /// <summary>Finds the flow to a peer: for UDP always one when a socket of that family is bound, else the open connection if any.</summary>
    /// <param name="protocol">The transport.</param>
    /// <param name="remote">The peer's address and port.</param>
    /// <param name="flow">The flow; null when the answer is false.</param>
    /// <param name="localPort">For UDP the port of the socket to use; 0 takes the first that is bound.</param>
    bool TryFindFlow(SipTransportProtocol protocol, IPEndPoint remote, [NotNullWhen(true)] out SipFlow? flow, int localPort = 0);

    /// <summary>Finds an open connection by its <see cref="SipFlow.Id"/>. UDP flows are not found by id.</summary>
    bool TryFindFlow(long id, [NotNullWhen(true)] out SipFlow? flow);

    /// <summary>Finds a flow or connects; null when the peer cannot be reached.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired first.</exception>
    ValueTask<SipFlow?> OpenFlow(SipTarget target, CancellationToken cancel = default);
}
