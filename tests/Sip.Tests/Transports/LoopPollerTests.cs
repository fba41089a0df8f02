using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>What a loop sleeps on, with real descriptors.</summary>
[SupportedOSPlatform("linux")]
public sealed class LoopPollerTests : IDisposable
{
    private readonly LoopPoller _poller = new();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public LoopPollerTests()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _poller.Add(new LoopSocket((int)_socket.Handle));
    }

    public void Dispose()
    {
        _poller.Dispose();
        _socket.Dispose();
    }

    [Fact]
    public void A_rest_is_ended_by_a_wake_up()
    {
        _poller.Wake();

        Assert.True(_poller.Rest(Timeout.Infinite));
    }

    [Fact]
    public void A_datagram_does_not_end_a_rest_and_is_found_after_it()
    {
        _socket.SendTo("datagram"u8, _socket.LocalEndPoint!);

        Assert.False(_poller.Rest(1));
        Assert.Equal(1, _poller.Wait(Timeout.Infinite));
    }

    private sealed class LoopSocket(int descriptor) : ILoopSocket
    {
        public int Descriptor => descriptor;

        public bool OnReady(bool hasError) => true;

        public void Flush()
        {
        }
    }
}
