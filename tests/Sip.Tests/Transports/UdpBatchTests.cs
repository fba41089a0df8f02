using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>What only a socket on a signalling loop does.</summary>
public sealed class UdpBatchTests : IAsyncLifetime
{
    private readonly RecordingReceiver _receiver = new();
    private readonly SignallingLoop _loop = TransportBench.Loop();
    private readonly SipTransportLayer _layer;

    public UdpBatchTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "Batches are for 64-bit Linux.");
        _layer = TransportBench.Layer(_receiver);
        _loop.Start();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _layer.DisposeAsync();
        _loop.Dispose();
    }

    /// <summary>RFC 3261 §18.4: ICMP port unreachable is a transport error.</summary>
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", true)]
    [InlineData("::1", false)]
    public async Task A_peer_whose_port_is_closed_is_reported_unreachable(string address, bool onLoop)
    {
        var udp = _layer.BindUdp(new IPEndPoint(IPAddress.Parse(address), 0), _loop);
        var flow = udp.FlowTo(ClosedPort(address));

        if (onLoop)
            _loop.Post(() => flow.Send("nobody there"u8));
        else
            flow.Send("nobody there"u8);

        var (what, told) = await _receiver.Next();
        Assert.Equal("unreachable", what);
        Assert.Equal(flow, told);
        Assert.Equal(1, udp.Unreachable);
    }

    [Fact]
    public async Task An_error_of_one_peer_costs_no_datagram_of_another()
    {
        var udp = _layer.BindUdp(TransportBench.AnyPort, _loop);
        var gone = udp.FlowTo(ClosedPort("127.0.0.1"));
        using var phone = Phone(udp);
        var flow = udp.FlowTo((IPEndPoint)phone.LocalEndPoint!);
        for (var i = 0; i < 20; i++)
        {
            var round = i;
            _loop.Post(() =>
            {
                gone.Send("nobody there"u8);
                flow.Send([(byte)('a' + round)]);
            });
        }

        for (var i = 0; i < 20; i++)
            Assert.Equal($"{(char)('a' + i)}", await phone.Receive());
    }

    [Fact]
    public async Task Errors_that_come_while_a_datagram_is_sent_are_not_taken_for_its_own()
    {
        // RFC 3261 §18.4: only an error of its own fails a transaction. Another thread makes errors all the time, several between two tries.
        var udp = _layer.BindUdp(TransportBench.AnyPort, _loop);
        var gone = udp.FlowTo(ClosedPort("127.0.0.1"));
        using var phone = Phone(udp);
        var flow = udp.FlowTo((IPEndPoint)phone.LocalEndPoint!);
        using var stop = new CancellationTokenSource();
        var errors = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                gone.Send("nobody there"u8);
        });

        for (var i = 0; i < 3_000; i++)
        {
            _loop.Post(() => flow.Send("still there"u8));
            Assert.Equal("still there", await phone.Receive());
        }

        await stop.CancelAsync();
        await errors;
        Assert.Equal(0, udp.SendErrors);
    }

    [Fact]
    public async Task A_datagram_without_a_way_is_reported_and_the_rest_of_its_batch_leaves()
    {
        var udp = _layer.BindUdp(TransportBench.AnyPort, _loop);
        using var phone = Phone(udp);
        var flow = udp.FlowTo((IPEndPoint)phone.LocalEndPoint!);
        // A socket bound to loopback has no way to other networks.
        var nowhere = udp.FlowTo(IPEndPoint.Parse("192.0.2.1:5060"));
        _loop.Post(() =>
        {
            flow.Send("before"u8);
            nowhere.Send("lost"u8);
            flow.Send("after"u8);
        });

        Assert.Equal("before", await phone.Receive());
        Assert.Equal("after", await phone.Receive());
        var (what, told) = await _receiver.Next();
        Assert.Equal("unreachable", what);
        Assert.Equal(nowhere, told);
        Assert.Equal(1, udp.SendErrors);
    }

    [Fact]
    public async Task What_the_system_drops_because_the_buffer_is_full_is_counted()
    {
        await using var layer = TransportBench.Layer(_receiver, new SipTransportOptions { UdpBufferBytes = 4_096 });
        var udp = layer.BindUdp(TransportBench.AnyPort, _loop);
        using var phone = Phone(udp);
        using var isBusy = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        _loop.Post(() =>
        {
            isBusy.Set();
            goOn.Wait(TransportBench.Soon);
        });
        Assert.True(isBusy.Wait(TransportBench.Soon));
        for (var i = 0; i < 100; i++)
            await phone.SendAsync(TransportBench.Options($"c{i}"));

        var dropped = udp.Dropped;
        goOn.Set();

        Assert.InRange(dropped, 1, 99);
        for (var i = 0; i < 100 - dropped; i++)
            Assert.Equal($"Options c{i}", (await _receiver.Next()).What);
    }

    [Fact]
    public async Task Sockets_that_share_a_port_are_read_by_loops_of_their_own()
    {
        using var second = TransportBench.Loop();
        second.Start();
        var loops = new HashSet<SignallingLoop?>();
        _receiver.OnEach = (flow, message) =>
        {
            lock (loops)
                loops.Add(SignallingLoop.Current);
            flow.Send(message.CallId);
        };
        var udp = _layer.BindUdp(TransportBench.AnyPort, _loop, isShared: true);
        _layer.BindUdp(udp.Bound, second, isShared: true);

        // The system chooses by a hash of the addresses: among so many peers each socket gets some.
        for (var i = 0; i < 64; i++)
        {
            using var phone = Phone(udp);
            await phone.SendAsync(TransportBench.Options($"c{i}"));
            Assert.Equal($"c{i}", await phone.Receive());
        }

        Assert.Equal([_loop, second], loops.OrderBy(loop => loop == second));
    }

    [Fact]
    public async Task Receiving_and_answering_allocates_nothing()
    {
        var udp = _layer.BindUdp(TransportBench.AnyPort, _loop);
        using var phone = Phone(udp);
        var allocated = new long[300];
        var count = 0;
        await using var layer = new SipTransportLayer(
            new(), SipLimits.Default, new Answering(() => allocated[count++] = GC.GetAllocatedBytesForCurrentThread()),
            TimeProvider.System, NullLoggerFactory.Instance);
        phone.Connect(layer.BindUdp(TransportBench.AnyPort, _loop).Bound);
        for (var i = 0; i < allocated.Length; i++)
        {
            await phone.SendAsync(TransportBench.Options("c1"));
            Assert.Equal("c1", await phone.Receive());
        }

        // The runtime allocates now and then on its own: what allocates each time has no clean stretch.
        Assert.Contains(allocated.Skip(100).Chunk(20), some => some[0] == some[^1]);
    }

    private static IPEndPoint ClosedPort(string address)
    {
        using var gone = new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        gone.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return (IPEndPoint)gone.LocalEndPoint!;
    }

    private static Socket Phone(UdpTransport udp)
    {
        var phone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        phone.Connect(udp.Bound);
        return phone;
    }

    private sealed class Answering(Action onEach) : ISipReceiver
    {
        public void OnMessage(SipFlow flow, SipMessage message)
        {
            flow.Send(message.CallId);
            onEach();
        }

        public void OnMalformed(SipFlow flow, SipMessage partial, SipParseError error)
        {
        }

        public void OnClosed(SipFlow flow)
        {
        }
    }
}
