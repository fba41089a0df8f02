using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>A party with real sockets on loopback: RTP, and RTCP on a port of its own.</summary>
internal sealed class TestPhone : IDisposable
{
    private const int ReceiveTimeoutMilliseconds = 5000;

    private readonly Socket _rtp;
    private readonly Socket _rtcp;
    private readonly byte[] _buffer = new byte[4096];
    private ushort _sequence;

    public TestPhone(string address = "127.0.0.1")
    {
        Address = IPAddress.Parse(address);
        _rtp = Open(Address);
        _rtcp = Open(Address);
    }

    public IPAddress Address { get; }

    public IPEndPoint Rtp => (IPEndPoint)_rtp.LocalEndPoint!;

    public IPEndPoint Rtcp => (IPEndPoint)_rtcp.LocalEndPoint!;

    /// <summary>Where the last packet heard came from.</summary>
    public IPEndPoint? LastSource { get; private set; }

    public uint Ssrc { get; set; } = 1;

    /// <summary>What the phone's description says: by default, the truth.</summary>
    public RemoteAudio Says(string? address = null, MediaDirection direction = MediaDirection.SendRecv, int? port = null)
    {
        var said = address is null ? Address : IPAddress.Parse(address);
        return new RemoteAudio(
            new IPEndPoint(said, port ?? Rtp.Port), new IPEndPoint(said, Rtcp.Port), direction, false);
    }

    public RemoteAudio SaysHoldByZero() =>
        new(null, null, MediaDirection.SendOnly, false);

    /// <summary>Sends one RTP packet of 20 ms of G.711 whose payload starts with a mark.</summary>
    public byte[] Talk(RelayLeg leg, byte mark = 0)
    {
        var packet = new byte[172];
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), ++_sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), _sequence * 160u);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), Ssrc);
        packet.AsSpan(12).Fill(mark);
        Send(leg, packet);
        return packet;
    }

    /// <summary>Counts packets that are never sent.</summary>
    public void Skip(ushort packets) => _sequence += packets;

    public void Send(RelayLeg leg, byte[] packet) =>
        _rtp.SendTo(packet, new IPEndPoint(leg.Local.Address, leg.Local.RtpPort));

    public byte[] Report(RelayLeg leg, byte mark = 0)
    {
        byte[] report = [0x80, 0xC9, 0, 1, 0, 0, 0, mark];
        _rtcp.SendTo(report, new IPEndPoint(leg.Local.Address, leg.Local.RtcpPort));
        return report;
    }

    /// <summary>The next RTP packet; a <see cref="SocketException"/> after five seconds without one.</summary>
    public byte[] Hears() => Next(_rtp);

    /// <summary>The next RTCP datagram, bounded alike.</summary>
    public byte[] HearsReport() => Next(_rtcp);

    /// <summary>Whether anything has arrived on either port.</summary>
    public bool HasHeard() => _rtp.Available > 0 || _rtcp.Available > 0;

    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    private static Socket Open(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = ReceiveTimeoutMilliseconds,
        };
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    private byte[] Next(Socket socket)
    {
        EndPoint from = new IPEndPoint(Address, 0);
        var length = socket.ReceiveFrom(_buffer, ref from);
        LastSource = (IPEndPoint)from;
        return _buffer[..length];
    }
}
