using System.IO.Pipelines;
using System.Net;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transports;

public sealed class FlowTableTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly SipTransportLayer _layer;
    private readonly FlowTable _table = new(new SipTransportOptions { MaxConnections = 2, MaxConnectionsPerAddress = 2 });

    public FlowTableTests() => _layer = TransportBench.Layer(new RecordingReceiver(), time: _clock);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _layer.DisposeAsync();

    [Fact]
    public void The_connection_idle_for_longest_makes_room_for_a_new_one()
    {
        var first = Flow("192.0.2.1:1000");
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = Flow("192.0.2.2:1000");
        _clock.Advance(TimeSpan.FromSeconds(1));
        first.Send("still in use"u8);

        Assert.True(_table.TryAdd(first, out _));
        Assert.True(_table.TryAdd(second, out var none));
        Assert.Null(none);
        Assert.True(_table.TryAdd(Flow("192.0.2.3:1000"), out var evicted));
        Assert.Same(second, evicted);
    }

    [Fact]
    public void An_address_with_too_many_connections_gets_no_more_until_one_ends()
    {
        var first = Flow("192.0.2.1:1000");
        Assert.True(_table.TryAdd(first, out _));
        Assert.True(_table.TryAdd(Flow("192.0.2.1:1001"), out _));
        Assert.False(_table.TryAdd(Flow("192.0.2.1:1002"), out _));

        _table.Remove(first);
        Assert.True(_table.TryAdd(Flow("192.0.2.1:1002"), out _));
    }

    [Fact]
    public void The_addresses_of_one_IPv6_subscriber_are_one_source()
    {
        var first = Flow("[2001:db8:0:1::1]:1000");
        Assert.True(_table.TryAdd(first, out _));
        Assert.True(_table.TryAdd(Flow("[2001:db8:0:1::2]:1000"), out _));
        Assert.False(_table.TryAdd(Flow("[2001:db8:0:1:ffff::3]:1000"), out _));
        Assert.False(_table.HasRoomFor(IPAddress.Parse("2001:db8:0:1::4")));
        Assert.True(_table.HasRoomFor(IPAddress.Parse("2001:db8:0:2::1")));

        _table.Remove(first);
        Assert.True(_table.TryAdd(Flow("[2001:db8:0:1:ffff::3]:1000"), out _));
    }

    [Fact]
    public void An_ended_connection_is_not_found_and_does_not_hide_its_successor()
    {
        var old = Flow("192.0.2.1:1000");
        var successor = Flow("192.0.2.1:1000");
        _table.TryAdd(old, out _);
        _table.TryAdd(successor, out _);
        _table.Remove(old);

        Assert.True(_table.TryFind(new FlowKey(SipTransportProtocol.Tcp, successor.Remote, null), out var found));
        Assert.Same(successor, found);
        Assert.False(_table.TryFind(old.Id, out _));
    }

    private StreamFlow Flow(string remote)
    {
        var pipe = new Pipe();
        return new StreamFlow(
            new StreamEndpoint(SipTransportProtocol.Tcp, TransportBench.AnyPort, IPEndPoint.Parse(remote), new OneEnd(pipe), static () => { })
            {
                IsIncoming = true,
            },
            _layer);
    }

    private sealed class OneEnd(Pipe pipe) : IDuplexPipe
    {
        public PipeReader Input => pipe.Reader;

        public PipeWriter Output => pipe.Writer;
    }
}
