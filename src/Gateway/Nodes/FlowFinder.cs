using System.Net;
using System.Text;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>Finds the way to a registered phone: its flow, here or on the node that holds it.</summary>
internal sealed class FlowFinder(ISipFlows transports, NodeIdentity node, IGrainFactory grains, Action<SipFlow> onLost)
{
    /// <summary>A flow of this process by its name; null when it is gone.</summary>
    public SipFlow? FindLocal(FlowAddress address)
    {
        SipFlow? flow;
        if (address.Id.Connection > 0)
        {
            return address.Id.Incarnation == node.Incarnation && transports.TryFindFlow(address.Id.Connection, out flow) ? flow : null;
        }

        var remote = new IPEndPoint(IPAddress.Parse(address.RemoteAddress), address.RemotePort);
        return transports.TryFindFlow(SipTransportProtocol.Udp, remote, out flow) ? flow : null;
    }

    /// <summary>Whether a flow of this node is still there; by UDP one always is.</summary>
    public bool Holds(FlowId id) =>
        id.Connection == 0 || (id.Incarnation == node.Incarnation && transports.TryFindFlow(id.Connection, out _));

    /// <summary>A flow wherever it is.</summary>
    public SipFlow? Find(FlowAddress address) =>
        address.Id.Node == node.Name ? FindLocal(address) : new RemoteFlow(address, grains, onLost);

    /// <summary>
    /// The way to a binding. When the Contact's host is the address the phone registered from, it is dialled as written: a UDP phone
    /// at the Contact's port, a connection that is gone by a new one. Any other Contact is reached on its flow only (threats: Contact
    /// pointing at internal addresses).
    /// </summary>
    public async ValueTask<SipFlow?> Find(Binding binding, CancellationToken cancel)
    {
        var written = ContactAsWritten(binding);
        if (FindOpen(binding, written) is { } flow)
            return flow;

        return written is { Protocol: SipTransportProtocol.Tcp or SipTransportProtocol.Tls }
            ? await transports.OpenFlow(written, cancel)
            : null;
    }

    /// <summary>The same without opening a connection.</summary>
    public SipFlow? FindOpen(Binding binding) => FindOpen(binding, ContactAsWritten(binding));

    private SipFlow? FindOpen(Binding binding, SipTarget? written) =>
        Find(written is { Protocol: SipTransportProtocol.Udp, Remote.Port: var port } && binding.Path.IsEmpty
            ? binding.Flow with { RemotePort = port }
            : binding.Flow);

    /// <summary>Where the Contact points, when its host is the address that the REGISTER came from.</summary>
    private static SipTarget? ContactAsWritten(Binding binding)
    {
        if (!SipUri.TryParse(Encoding.UTF8.GetBytes(binding.Contact), out var uri, out _))
            return null;

        var protocol = FlowAddresses.ProtocolOf(binding.Flow.Transport);
        var host = Encoding.UTF8.GetString(uri.Host).Trim('[', ']');
        return host == binding.Flow.RemoteAddress && IPAddress.TryParse(host, out var address)
            ? new SipTarget(protocol, new IPEndPoint(address, uri.Port > 0 ? uri.Port : protocol.DefaultPort()))
            : null;
    }
}
