using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Dialogs;

/// <summary>A whole call between two nodes over UDP on loopback, each on loops of its own: the layers together, as a gateway uses them.</summary>
public sealed class CallLadderTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();
    private readonly List<IAsyncDisposable> _transports = [];
    private readonly List<SignallingLoop> _loops = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var transport in _transports)
            await transport.DisposeAsync();
        foreach (var loop in _loops)
            loop.Dispose();
    }

    [Fact]
    public async Task A_call_is_set_up_answered_acknowledged_and_hung_up()
    {
        var callee = Node();
        var (callerLayer, callerUdp) = Node();
        var flow = callerUdp.FlowTo(callee.Udp.Bound);
        var caller = new CallingUser(callerLayer, flow, Tell);
        callerLayer.Loop.Post(caller.Call);

        var told = new List<string>();
        for (var i = 0; i < 5; i++)
            told.Add(await _told.Reader.ReadAsync().AsTask().WaitAsync(Soon));
        Assert.Equal(["180", "200", "Bye 200", "ack", "bye"], told.OrderBy(OrderInLadder));
        Assert.All(_loops, loop => Assert.Equal(0, loop.Faults));
    }

    private static int OrderInLadder(string told) => Array.IndexOf(["180", "200", "Bye 200", "ack", "bye"], told);

    private void Tell(string what) => _told.Writer.TryWrite(what);

    private (TransactionLayer Layer, UdpTransport Udp) Node()
    {
        var layer = Layer();
        var transport = new SipTransportLayer(
            new(), SipLimits.Default, new OneLoop(layer), TimeProvider.System, NullLoggerFactory.Instance);
        _transports.Add(transport);
        return (layer, transport.BindUdp(new IPEndPoint(IPAddress.Loopback, 0)));
    }

    private TransactionLayer Layer()
    {
        var loop = new SignallingLoop($"loop {_loops.Count}", TimeProvider.System, NullLogger<SignallingLoop>.Instance);
        _loops.Add(loop);
        var user = new AnsweringUser { Tells = Tell };
        user.Layer = new TransactionLayer(loop, SipTimers.Default, new RandomIds(), user);
        loop.Start();
        return user.Layer;
    }

    /// <summary>The least that stands between sockets and a loop; with several loops the Call-ID's hash would choose.</summary>
    private sealed class OneLoop(TransactionLayer layer) : ISipReceiver
    {
        public void OnMessage(SipFlow flow, SipMessage message) => layer.Post(flow, message);

        public void OnMalformed(SipFlow flow, SipMessage partial, SipParseError error) =>
            new StatelessResponder().Respond(flow, partial, error.Status());

        public void OnClosed(SipFlow flow) => layer.PostClosed(flow);
    }
}
