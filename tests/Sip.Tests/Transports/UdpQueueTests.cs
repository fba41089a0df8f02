using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>What waits in the kernel for a receiver that is busy.</summary>
public sealed class UdpQueueTests
{
    private const int Datagrams = 50;

    [Fact]
    public async Task Datagrams_that_wait_to_be_received_are_told()
    {
        using var receiver = new BusyReceiver();
        await using var layer = new SipTransportLayer(new(), SipLimits.Default, receiver, TimeProvider.System, NullLoggerFactory.Instance);
        var udp = layer.BindUdp(TransportBench.AnyPort);
        using var phone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await phone.ConnectAsync(udp.Bound);
        Assert.Equal(0, udp.ReadQueue().Waiting);

        for (var i = 0; i < Datagrams; i++)
            await phone.SendAsync(TransportBench.Options($"c{i}"));

        var least = (Datagrams - 1) * TransportBench.Options("c0").Length;
        var (waiting, capacity) = await Poll.UntilSeen("datagrams wait", udp.ReadQueue, queue => queue.Waiting >= least, TransportBench.Soon);
        Assert.InRange(waiting, least, capacity);
        receiver.Release();
        await Poll.UntilSeen("nothing waits", udp.ReadQueue, queue => queue.Waiting == 0, TransportBench.Soon);
    }

    /// <summary>Is busy with its first message until it is released.</summary>
    private sealed class BusyReceiver : ISipReceiver, IDisposable
    {
        private readonly ManualResetEventSlim _isReleased = new();

        public void Release() => _isReleased.Set();

        public void OnMessage(SipFlow flow, SipMessage message) => _isReleased.Wait(TransportBench.Soon);

        public void OnMalformed(SipFlow flow, SipMessage partial, SipParseError error)
        {
        }

        public void OnClosed(SipFlow flow)
        {
        }

        public void Dispose()
        {
            _isReleased.Set();
            _isReleased.Dispose();
        }
    }
}
