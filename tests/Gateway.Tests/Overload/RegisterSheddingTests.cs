using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Gateway.Overload;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Overload;

/// <summary>The share to drop is told to every socket.</summary>
public sealed class RegisterSheddingTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Each_socket_drops_and_all_that_they_drop_is_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "Dropping is for 64-bit Linux.");
        var receiver = new Counting();
        await using var transports = new SipTransportLayer(new(), SipLimits.Default, receiver, TimeProvider.System, NullLoggerFactory.Instance);
        UdpTransport[] sockets = [.. Enumerable.Range(0, 2).Select(_ => transports.BindUdp(new IPEndPoint(IPAddress.Loopback, 0)))];
        var shedding = new RegisterShedding(transports, NullLogger.Instance);

        shedding.Set(1);
        await Send(sockets);
        await Poll.UntilSeen("both have dropped it", () => shedding.Shed, shed => shed == 2, Soon);

        shedding.Set(0);
        await Send(sockets);
        await Poll.UntilSeen("both have received it", () => receiver.Received, received => received == 2, Soon);
        Assert.Equal(2, shedding.Shed);
    }

    private static async Task Send(UdpTransport[] sockets)
    {
        var register = Encoding.ASCII.GetBytes(
            "REGISTER sip:example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bK1\r\nFrom: <sip:101@example.com>;tag=1\r\n"
            + "To: <sip:101@example.com>\r\nCall-ID: 1\r\nCSeq: 1 REGISTER\r\nMax-Forwards: 70\r\nContact: <sip:101@192.0.2.1>\r\nContent-Length: 0\r\n\r\n");
        foreach (var socket in sockets)
        {
            using var phone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            await phone.SendToAsync(register, socket.Bound);
        }
    }

    private sealed class Counting : ISipReceiver
    {
        private int _received;

        public int Received => Volatile.Read(ref _received);

        public void OnMessage(SipFlow flow, SipMessage message) => Interlocked.Increment(ref _received);

        public void OnMalformed(SipFlow flow, SipMessage partial, SipParseError error) => Assert.Fail($"{error}");

        public void OnClosed(SipFlow flow)
        {
        }
    }
}
