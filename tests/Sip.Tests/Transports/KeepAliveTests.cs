using System.Net;
using System.Net.Sockets;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>RFC 5626 §4.4.1: what this side does to keep the connections that it opened.</summary>
public sealed class KeepAliveTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly RecordingReceiver _receiver = new();
    private readonly TcpListener _carrier = new(TransportBench.AnyPort);
    private readonly SipTransportLayer _layer;

    // A write's end may be noted after the far side has its bytes, and the clock has been moved meanwhile: that is no slow peer.
    public KeepAliveTests() => _layer = TransportBench.Layer(_receiver, new() { WriteTimeout = TimeSpan.FromDays(1) }, _clock);

    public ValueTask InitializeAsync()
    {
        _carrier.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _layer.DisposeAsync();
        _carrier.Dispose();
    }

    [Fact]
    public async Task A_silent_connection_that_we_opened_gets_a_double_CRLF()
    {
        using var far = await Connect();
        _clock.Advance(TimeSpan.FromSeconds(102));

        Assert.Equal("\r\n\r\n", await far.Receive());
    }

    [Fact]
    public async Task A_peer_that_never_answers_is_asked_again_and_kept()
    {
        using var far = await Connect();
        _clock.Advance(TimeSpan.FromSeconds(102));
        Assert.Equal("\r\n\r\n", await far.Receive());
        _clock.Advance(TimeSpan.FromSeconds(60));
        _clock.Advance(TimeSpan.FromSeconds(42));

        Assert.Equal("\r\n\r\n", await far.Receive());
        Assert.Equal(1, _layer.Connections);
    }

    [Fact]
    public async Task A_peer_that_answered_once_and_then_does_not_is_gone()
    {
        using var far = await Connect();
        _clock.Advance(TimeSpan.FromSeconds(102));
        Assert.Equal("\r\n\r\n", await far.Receive());
        // The request shows that the answer before it has been taken.
        await far.SendAsync("\r\n"u8.ToArray());
        await far.SendAsync(TransportBench.Options("seen"));
        Assert.Equal("Options seen", (await _receiver.Next()).What);

        _clock.Advance(TimeSpan.FromSeconds(102));
        Assert.Equal("\r\n\r\n", await far.Receive());

        Assert.Equal("closed", (await _receiver.NextAfter(_clock, TimeSpan.FromSeconds(12))).What);
    }

    [Fact]
    public async Task A_peer_that_speaks_is_not_asked()
    {
        using var far = await Connect();
        _clock.Advance(TimeSpan.FromSeconds(60));
        await far.SendAsync(TransportBench.Options("c1"));
        Assert.Equal("Options c1", (await _receiver.Next()).What);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await far.SendAsync("\r\n\r\n"u8.ToArray());

        // The pong alone: a ping of ours would stand before it.
        Assert.Equal("\r\n", await far.Receive());
    }

    private async Task<Socket> Connect()
    {
        var opened = _layer.OpenFlow(new SipTarget(SipTransportProtocol.Tcp, (IPEndPoint)_carrier.LocalEndpoint)).AsTask();
        var far = await _carrier.AcceptSocketAsync().WaitAsync(TransportBench.Soon);
        Assert.NotNull(await opened.WaitAsync(TransportBench.Soon));
        return far;
    }
}
