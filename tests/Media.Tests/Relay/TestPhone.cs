using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Srtp;

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

    /// <summary>Protects what it sends; null for plain RTP.</summary>
    public SrtpSender? Sealer { get; set; }

    /// <summary>Opens what it gets; null for plain RTP.</summary>
    public SrtpReceiver? Opener { get; set; }

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
        Send(leg, Sealed(packet, isReport: false));
        return packet;
    }

    /// <summary>Has both ways protected, by the keys as the relay's leg has them.</summary>
    public void Protect(SrtpKeys keys)
    {
        Sealer = new(keys.Theirs);
        Opener = new(keys.Ours);
    }

    /// <summary>Counts packets that are never sent.</summary>
    public void Skip(ushort packets) => _sequence += packets;

    public void Send(RelayLeg leg, byte[] packet) =>
        _rtp.SendTo(packet, new IPEndPoint(leg.Local.Address, leg.Local.RtpPort));

    public void SendReport(RelayLeg leg, byte[] packet) =>
        _rtcp.SendTo(packet, new IPEndPoint(leg.Local.Address, leg.Local.RtcpPort));

    public byte[] Report(RelayLeg leg, byte mark = 0)
    {
        byte[] report = [0x80, 0xC9, 0, 1, 0, 0, 0, mark];
        _rtcp.SendTo(Sealed(report, isReport: true), new IPEndPoint(leg.Local.Address, leg.Local.RtcpPort));
        return report;
    }

    /// <summary>The next RTP packet; a <see cref="SocketException"/> after five seconds without one.</summary>
    public byte[] Hears() => Opened(Next(_rtp), isReport: false);

    /// <summary>The next RTCP datagram, bounded alike.</summary>
    public byte[] HearsReport() => Opened(Next(_rtcp), isReport: true);

    /// <summary>The next RTCP datagram as it is on the wire.</summary>
    public byte[] HearsSealedReport() => Next(_rtcp);

    /// <summary>Whether anything has arrived on either port.</summary>
    public bool HasHeard() => _rtp.Available > 0 || HasHeardReport();

    /// <summary>Whether RTP has.</summary>
    public bool HasHeardAudio() => _rtp.Available > 0;

    /// <summary>Whether a report has.</summary>
    public bool HasHeardReport() => _rtcp.Available > 0;

    public void Dispose()
    {
        Sealer?.Dispose();
        Opener?.Dispose();
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

    private byte[] Sealed(byte[] packet, bool isReport)
    {
        if (Sealer is null)
            return packet;

        byte[] buffer = [.. packet, .. new byte[SrtpProfiles.MaxOverheadBytes]];
        var length = 0;
        var error = isReport ? Sealer.SealRtcp(buffer, packet.Length, out length) : Sealer.Seal(buffer, packet.Length, out length);
        Assert.Equal(SrtpError.None, error);
        return buffer[..length];
    }

    private byte[] Opened(byte[] packet, bool isReport)
    {
        if (Opener is null)
            return packet;

        var length = 0;
        Assert.Equal(SrtpError.None, isReport ? Opener.OpenRtcp(packet, out length) : Opener.Open(packet, out length));
        return packet[..length];
    }

    private byte[] Next(Socket socket)
    {
        EndPoint from = new IPEndPoint(Address, 0);
        var length = socket.ReceiveFrom(_buffer, ref from);
        LastSource = (IPEndPoint)from;
        return _buffer[..length];
    }
}
