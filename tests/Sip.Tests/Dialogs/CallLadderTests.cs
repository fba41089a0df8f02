using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Tests.Transports;
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
        var (callerLayers, callerUdp) = Node();
        var flow = callerUdp.FlowTo(callee.Udp.Bound);
        var caller = new CallingUser(callerLayers.Layers[0], flow, Tell);
        callerLayers.Layers[0].Loop.Post(caller.Call);

        var told = new List<string>();
        for (var i = 0; i < 5; i++)
            told.Add(await _told.Reader.ReadAsync().AsTask().WaitAsync(Soon));
        Assert.Equal(["180", "200", "Bye 200", "ack", "bye"], told.OrderBy(OrderInLadder));
        Assert.All(_loops, loop => Assert.Equal(0, loop.Faults));
    }

    [Fact]
    public async Task A_malformed_request_is_answered_without_a_loop()
    {
        var (_, udp) = Node();
        using var phone = new System.Net.Sockets.UdpClient();
        phone.Connect(udp.Bound);
        var text = System.Text.Encoding.ASCII.GetString(TransportBench.Options("c1")).Replace("CSeq: 1 OPTIONS", "CSeq: 1 INVITE", StringComparison.Ordinal);
        await phone.SendAsync(System.Text.Encoding.ASCII.GetBytes(text));

        using var limit = new CancellationTokenSource(Soon);
        var answer = SipMessage.Parse((await phone.ReceiveAsync(limit.Token)).Buffer);
        Assert.Equal(400, answer.StatusCode);
    }

    [Fact]
    public void A_call_always_selects_the_same_loop_of_several()
    {
        var (layers, _) = Node(loops: 4);
        var invite = SipMessage.Parse(TransportBench.Options("some-call"));
        var again = SipMessage.Parse(TransportBench.Options("some-call"));

        Assert.Same(layers.Select(invite.CallIdHash), layers.Select(again.CallIdHash));
        Assert.Contains(layers.Select(int.MinValue), layers.Layers);
    }

    private static int OrderInLadder(string told) => Array.IndexOf(["180", "200", "Bye 200", "ack", "bye"], told);

    private void Tell(string what) => _told.Writer.TryWrite(what);

    private (SignallingLoops Layers, UdpTransport Udp) Node(int loops = 1)
    {
        var layers = new SignallingLoops(Enumerable.Range(0, loops).Select(_ => Layer()));
        var transport = new SipTransportLayer(new(), SipLimits.Default, layers, TimeProvider.System, NullLoggerFactory.Instance);
        _transports.Add(transport);
        return (layers, transport.BindUdp(new IPEndPoint(IPAddress.Loopback, 0)));
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
}
