using System.Collections.Concurrent;
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

    /// <summary>More than a long queue, the batch that is taken first included; less than the least buffer that a system gives.</summary>
    private const int LongQueueBytes = 180 * UdpTransport.BytesPerDatagram;

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

    [Fact]
    public async Task Each_message_says_how_much_waits_behind_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "Batches are for 64-bit Linux.");
        var receiver = new BacklogReceiver();
        using var loop = TransportBench.Loop();
        await using var layer = new SipTransportLayer(new(), SipLimits.Default, receiver, TimeProvider.System, NullLoggerFactory.Instance);
        var udp = layer.BindUdp(TransportBench.AnyPort, loop);
        using var phone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await phone.ConnectAsync(udp.Bound);
        var sent = 0;
        for (; udp.ReadQueue().Waiting <= LongQueueBytes; sent++)
            await phone.SendAsync(TransportBench.Options($"c{sent}", bodyBytes: 400));

        loop.Start();

        await Poll.UntilSeen("all is handled", () => receiver.Backlogs.Count, count => count == sent, TransportBench.Soon);
        Assert.NotEqual(Backlog.Short, receiver.Backlogs.First());
        Assert.Equal(Backlog.Short, receiver.Backlogs.Last());
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

    private sealed class BacklogReceiver : ISipReceiver
    {
        public ConcurrentQueue<Backlog> Backlogs { get; } = [];

        public void OnMessage(SipFlow flow, SipMessage message) => Backlogs.Enqueue(flow.Backlog);

        public void OnMalformed(SipFlow flow, SipMessage partial, SipParseError error)
        {
        }

        public void OnClosed(SipFlow flow)
        {
        }
    }
}
