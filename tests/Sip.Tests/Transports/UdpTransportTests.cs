using System.Net;
using System.Net.Sockets;
using System.Text;
using TekSipCloud.Sip.Tests.Transactions;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>What a UDP socket does whoever reads it.</summary>
public abstract class UdpTransportTests : IAsyncLifetime
{
    private readonly RecordingReceiver _receiver = new();
    private readonly SipTransportLayer _layer;
    private readonly SignallingLoop? _loop;
    private readonly UdpTransport _udp;
    private readonly Socket _phone = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    protected UdpTransportTests(SignallingLoop? loop)
    {
        _loop = loop;
        loop?.Start();
        _layer = TransportBench.Layer(_receiver);
        _udp = Bind(_layer, TransportBench.AnyPort);
        _phone.Connect(_udp.Bound);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _phone.Dispose();
        await _layer.DisposeAsync();
        _loop?.Dispose();
    }

    [Fact]
    public async Task A_datagram_becomes_a_message_and_its_flow_leads_back()
    {
        await _phone.SendAsync(TransportBench.Options("c1"));

        var (what, flow) = await _receiver.Next();
        Assert.Equal("Options c1", what);
        Assert.Equal(_phone.LocalEndPoint, flow.Remote);
        Assert.Equal(SipTransportProtocol.Udp, flow.Protocol);
        Assert.Equal($"127.0.0.1:{_udp.Bound.Port}", Encoding.ASCII.GetString(flow.SentBy));
        Assert.True(flow.Send("hello"u8));
        Assert.Equal("hello", await _phone.Receive());
    }

    [Fact]
    public async Task The_same_peer_keeps_its_flow()
    {
        await _phone.SendAsync(TransportBench.Options("c1"));
        await _phone.SendAsync(TransportBench.Options("c2"));

        var first = await _receiver.Next();
        var second = await _receiver.Next();
        Assert.Same(first.Flow, second.Flow);
        Assert.Equal(first.Flow, _udp.FlowTo(first.Flow.Remote));
    }

    [Fact]
    public async Task What_the_gate_refuses_is_dropped_unparsed_and_counted()
    {
        await using var layer = TransportBench.Layer(_receiver, new() { SourceGate = new FakeGate(refused: "FLOOD") });
        var udp = Bind(layer, TransportBench.AnyPort);
        using var phone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await phone.ConnectAsync(udp.Bound);

        await phone.SendAsync("FLOOD sip:a SIP/2.0\r\n\r\n"u8.ToArray());
        await phone.SendAsync(TransportBench.Options("c1"));

        Assert.Equal("Options c1", (await _receiver.Next()).What);
        Assert.Equal((1L, 0L), (udp.Unheard, udp.Malformed));
    }

    [Fact]
    public async Task A_STUN_keep_alive_is_told_where_it_came_from_RFC_5626()
    {
        await _phone.SendAsync(Convert.FromHexString("000100002112A442B7E7A701BC34D686FA87DFAE"));

        var answer = new byte[100];
        var length = await _phone.ReceiveAsync(answer).WaitAsync(TransportBench.Soon);
        var port = ((IPEndPoint)_phone.LocalEndPoint!).Port ^ 0x2112;
        Assert.Equal($"0101000C2112A442B7E7A701BC34D686FA87DFAE002000080001{port:X4}5E12A443", Convert.ToHexString(answer, 0, length));
        Assert.Equal(0, _udp.Malformed);
    }

    [Fact]
    public async Task Keep_alives_are_neither_messages_nor_malformed()
    {
        await _phone.SendAsync("\r\n\r\n"u8.ToArray());
        await _phone.SendAsync(Array.Empty<byte>());
        await _phone.SendAsync(new byte[] { 0 });
        await _phone.SendAsync(Convert.FromHexString("000100002112A442000102030405060708090A0B"));
        await _phone.SendAsync(TransportBench.Options("after"));

        Assert.Equal("Options after", (await _receiver.Next()).What);
        Assert.Equal(0, _udp.Malformed);
        Assert.Equal(5, _udp.Received);
    }

    [Fact]
    public async Task Garbage_is_counted_and_reported_and_the_socket_lives_on()
    {
        await _phone.SendAsync("this is no SIP\r\n\r\n"u8.ToArray());
        await _phone.SendAsync(TransportBench.Options("after"));

        Assert.StartsWith("malformed", (await _receiver.Next()).What, StringComparison.Ordinal);
        Assert.Equal("Options after", (await _receiver.Next()).What);
        Assert.Equal(1, _udp.Malformed);
    }

    [Fact]
    public async Task Answers_given_while_receiving_come_in_order_and_all()
    {
        const int Messages = 150;
        _phone.ReceiveBufferSize = 1 << 20;
        _receiver.OnEach = (flow, message) =>
        {
            Assert.True(flow.Send(message.CallId));
            Assert.True(flow.Send("again"u8));
        };
        for (var i = 0; i < Messages; i++)
            await _phone.SendAsync(TransportBench.Options($"c{i}"));

        for (var i = 0; i < Messages; i++)
        {
            Assert.Equal($"c{i}", await _phone.Receive());
            Assert.Equal("again", await _phone.Receive());
        }

        Assert.Equal(Messages, _udp.Received);
    }

    [Fact]
    public async Task Large_datagrams_come_and_go()
    {
        _phone.ReceiveBufferSize = _phone.SendBufferSize = 1 << 20;
        var large = TransportBench.Options("large", bodyBytes: 45_000);
        _receiver.OnEach = (flow, message) =>
        {
            for (var i = 0; i < 6; i++)
                flow.Send(message.Bytes.Span);
        };
        await _phone.SendAsync(large);

        for (var i = 0; i < 6; i++)
            Assert.Equal(Encoding.ASCII.GetString(large), await _phone.Receive());
    }

    [Fact]
    public async Task Keep_alives_that_flood_the_socket_are_all_counted()
    {
        for (var i = 0; i < 100; i++)
            await _phone.SendAsync("\r\n\r\n"u8.ToArray());
        await _phone.SendAsync(TransportBench.Options("after"));

        Assert.Equal("Options after", (await _receiver.Next()).What);
        Assert.Equal(101, _udp.Received);
    }

    [Fact]
    public async Task A_port_unreachable_from_a_peer_does_not_stop_the_socket()
    {
        using var gone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        gone.Bind(TransportBench.AnyPort);
        var flow = _udp.FlowTo((IPEndPoint)gone.LocalEndPoint!);
        gone.Dispose();

        for (var i = 0; i < 5; i++)
            flow.Send("nobody there"u8);
        await _phone.SendAsync(TransportBench.Options("after"));

        Assert.Equal("Options after", (await _receiver.NextMessage()).What);
        Assert.True(flow.IsOpen);
    }

    [Fact]
    public async Task A_receiver_that_throws_costs_one_datagram()
    {
        _receiver.OnEach = (_, message) =>
        {
            if (message.CallId.SequenceEqual("bad"u8))
                throw new InvalidOperationException("test");
        };
        await _phone.SendAsync(TransportBench.Options("bad"));
        await _phone.SendAsync(TransportBench.Options("good"));

        Assert.Equal("Options good", (await _receiver.Next()).What);
        Assert.Equal(1, _udp.Faults);
    }

    [Fact]
    public async Task IPv6_peers_are_served_by_a_socket_of_their_own()
    {
        var udp6 = Bind(_layer, new IPEndPoint(IPAddress.IPv6Loopback, 0));
        using var phone6 = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        phone6.Connect(udp6.Bound);
        await phone6.SendAsync(TransportBench.Options("six"));

        var (what, flow) = await _receiver.Next();
        Assert.Equal("Options six", what);
        Assert.Equal($"[::1]:{udp6.Bound.Port}", Encoding.ASCII.GetString(flow.SentBy));
        Assert.True(_layer.TryFindFlow(SipTransportProtocol.Udp, flow.Remote, out var found));
        Assert.Equal(flow, found);
    }

    [Fact]
    public async Task A_socket_bound_to_any_address_names_the_one_towards_the_peer()
    {
        var any = Bind(_layer, new IPEndPoint(IPAddress.Any, 0));
        _phone.Connect(new IPEndPoint(IPAddress.Loopback, any.Bound.Port));
        await _phone.SendAsync(TransportBench.Options("c1"));

        var (_, flow) = await _receiver.Next();
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, any.Bound.Port), flow.Local);
    }

    [Fact]
    public async Task Closing_frees_the_port_and_ends_the_flows()
    {
        var bound = _udp.Bound;
        await _layer.DisposeAsync();

        Assert.False(_udp.FlowTo(bound).Send("x"u8));
        using var again = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        again.Bind(bound);
    }

    [Fact]
    public async Task A_flood_of_new_peers_forgets_the_old_ones_but_answers_all()
    {
        await using var layer = TransportBench.Layer(_receiver, new SipTransportOptions { UdpPeers = 4 });
        var udp = Bind(layer, TransportBench.AnyPort);
        for (var i = 0; i < 20; i++)
        {
            using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            peer.Connect(udp.Bound);
            await peer.SendAsync(TransportBench.Options($"p{i}"));
            var (_, flow) = await _receiver.Next();
            Assert.True(flow.Send("ok"u8));
            Assert.Equal("ok", await peer.Receive());
        }
    }

    private UdpTransport Bind(SipTransportLayer layer, IPEndPoint endpoint) => layer.BindUdp(endpoint, _loop);
}
