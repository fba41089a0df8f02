using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Interop.Tests.Strangers;

/// <summary>Sends under a party's own address and port, as who is on its way to us can: writes the headers of UDP itself. Needs root.</summary>
internal sealed class ForgedSender : IDisposable
{
    private const int HeaderBytes = 8;
    private const int AtATime = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Udp);
    private readonly IPEndPoint _victim;

    public ForgedSender(IPEndPoint victim)
    {
        _victim = victim;
        _socket.Bind(new IPEndPoint(victim.Address, 0));
    }

    /// <summary>Sends that many datagrams, no faster than anybody reads them.</summary>
    public async Task Send(IPEndPoint target, int count, Func<int, byte[]> datagram)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var i = 0; i < count; i++)
        {
            Send(target, datagram(i));
            if (i % AtATime == AtATime - 1)
                await pace.WaitForNextTickAsync();
        }
    }

    public void Dispose() => _socket.Dispose();

    // RFC 768; by IPv4 a sum of zero is none.
    private void Send(IPEndPoint target, byte[] payload)
    {
        var datagram = new byte[HeaderBytes + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, (ushort)_victim.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)target.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        payload.CopyTo(datagram, HeaderBytes);
        _socket.SendTo(datagram, new IPEndPoint(target.Address, 0));
    }
}
