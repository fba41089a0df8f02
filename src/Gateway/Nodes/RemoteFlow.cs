using System.Collections.Immutable;
using System.Net;
using System.Text;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>
/// A flow that another node holds: what is sent on it travels there as SIP bytes and names that node as its sender, while call,
/// transactions and media stay here.
/// </summary>
internal sealed class RemoteFlow : SipFlow
{
    private readonly IGatewayGrain _gateway;
    private readonly Action<RemoteFlow> _onLost;
    private readonly string _host;
    private volatile bool _isLost;

    public RemoteFlow(FlowAddress address, IGrainFactory grains, Action<RemoteFlow> onLost)
        : base(FlowAddresses.ProtocolOf(address.Transport), new IPEndPoint(IPAddress.Parse(address.RemoteAddress), address.RemotePort))
    {
        Address = address;
        _gateway = grains.GetGrain<IGatewayGrain>(address.Id.Node);
        _onLost = onLost;
        var colon = address.SentBy.LastIndexOf(':');
        _host = address.SentBy[..colon];
        ListeningPort = int.Parse(address.SentBy.AsSpan(colon + 1), null);
    }

    public FlowAddress Address { get; }

    public override IPEndPoint Local =>
        new(IPAddress.TryParse(_host.Trim('[', ']'), out var host) ? host : IPAddress.None, ListeningPort);

    public override bool IsOpen => !_isLost;

    protected override string? AdvertisedHost => _host;

    protected override int ListeningPort { get; }

    protected override bool Transmit(ReadOnlySpan<byte> message)
    {
        if (_isLost)
            return false;

        _ = Carry(new SipBytes(ImmutableArray.Create(message)));
        return true;
    }

    public override void Close()
    {
        // The connection belongs to its node.
    }

    // What its node says of itself may change while the way stays.
    public override bool Equals(object? obj) => obj is RemoteFlow other && other.Address.Id == Address.Id && other.Remote.Equals(Remote);

    public override int GetHashCode() => HashCode.Combine(Address.Id, Remote);

    public override string ToString() => $"{base.ToString()} at {Address.Id.Node} as {Encoding.ASCII.GetString(SentBy)}";

    private async Task Carry(SipBytes message)
    {
        try
        {
            if ((await _gateway.Send(Address, message)).IsSuccess)
                return;
        }
        catch (Exception)
        {
            // That node or its gateway is gone; to the transactions that is a transport error like any other.
        }

        _isLost = true;
        _onLost(this);
    }
}
