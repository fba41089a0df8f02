using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Ice;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Srtp;
using TekSipCloud.Media.Tests.Ice;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>A party that does as a browser: one socket for checks, handshake, RTP and RTCP.</summary>
internal sealed class TestBrowser : IDisposable
{
    private const int ReceiveTimeoutMilliseconds = 5000;
    private const int Rounds = 20;

    private readonly DtlsContext _context = DtlsContext.Create(new FakeClock());
    private readonly byte[] _buffer = new byte[2048];
    private Socket _socket = Open();
    private SrtpSender? _sealer;
    private SrtpReceiver? _opener;
    private ushort _sequence;

    public TestBrowser(DtlsRole role) => Dtls = _context.Associate(role);

    public DtlsAssociation Dtls { get; private set; }

    public CertificateFingerprint Fingerprint => _context.Fingerprint;

    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Forgets what was agreed on.</summary>
    public DtlsAssociation Renew(DtlsRole role)
    {
        Dtls.Dispose();
        return Dtls = _context.Associate(role);
    }

    /// <summary>Goes on from another address: another network.</summary>
    public void Move()
    {
        _socket.Dispose();
        _socket = Open();
    }

    public void Check(RelayLeg leg, IceCredentials credentials, bool nominates = true) => Send(leg, new Browser(credentials).Check(nominates));

    /// <summary>Shakes hands until one side is not waiting any more.</summary>
    public void Shake(RelayRig rig, RelayLeg leg)
    {
        Dtls.Begin();
        for (var round = 0; round < Rounds && Dtls.State == DtlsState.Handshaking; round++)
        {
            SendRecords(leg);
            rig.Turn();
            while (_socket.Available > 0)
            {
                var datagram = Next();
                if (DatagramKinds.KindOf(datagram) == DatagramKind.Dtls)
                    Dtls.Receive(datagram);
            }
        }

        SendRecords(leg);
        rig.Turn();
        if (Dtls.Keys is { } keys)
            (_sealer, _opener) = (new(keys.Ours), new(keys.Theirs));
    }

    public void SendRecords(RelayLeg leg)
    {
        while (Dtls.TryTake(_buffer, out var length))
            Send(leg, _buffer[..length]);
    }

    public byte[] Talk(RelayLeg leg)
    {
        var packet = new byte[172];
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), ++_sequence);
        packet[11] = 7;
        byte[] buffer = [.. packet, .. new byte[SrtpProfiles.MaxOverheadBytes]];
        var length = packet.Length;
        if (_sealer is not null)
            Assert.Equal(SrtpError.None, _sealer.Seal(buffer, packet.Length, out length));
        Send(leg, buffer[..length]);
        return packet;
    }

    /// <summary>RFC 5761: to the same port.</summary>
    public byte[] Report(RelayLeg leg)
    {
        byte[] report = [0x80, 0xC9, 0, 1, 0, 0, 0, 7];
        byte[] buffer = [.. report, .. new byte[SrtpProfiles.MaxOverheadBytes]];
        Assert.Equal(SrtpError.None, _sealer!.SealRtcp(buffer, report.Length, out var length));
        Send(leg, buffer[..length]);
        return report;
    }

    /// <summary>The next packet of RTP, opened; answers to checks and reports are passed over.</summary>
    public byte[] Hears() => Hears(DatagramKind.Rtcp);

    /// <summary>The next report, opened; answers to checks and RTP are passed over.</summary>
    public byte[] HearsReport() => Hears(DatagramKind.Rtp);

    private byte[] Hears(DatagramKind other)
    {
        byte[] datagram;
        DatagramKind kind;
        do
        {
            datagram = Next();
            kind = DatagramKinds.KindOf(datagram);
        }
        while (kind == DatagramKind.Stun || kind == other);

        var length = 0;
        Assert.Equal(SrtpError.None, kind == DatagramKind.Rtcp ? _opener!.OpenRtcp(datagram, out length) : _opener!.Open(datagram, out length));
        return datagram[..length];
    }

    /// <summary>What comes next; a <see cref="SocketException"/> after five seconds without anything.</summary>
    public DatagramKind Waits() => DatagramKinds.KindOf(Next());

    /// <summary>Takes what comes until its association is over.</summary>
    public void AwaitsEnd()
    {
        while (Dtls.State == DtlsState.Established)
        {
            var datagram = Next();
            if (DatagramKinds.KindOf(datagram) == DatagramKind.Dtls)
                Dtls.Receive(datagram);
        }
    }

    /// <summary>What is there and is not an answer to a check.</summary>
    public List<DatagramKind> Pending()
    {
        var kinds = new List<DatagramKind>();
        while (_socket.Available > 0)
            kinds.Add(DatagramKinds.KindOf(Next()));
        kinds.RemoveAll(kind => kind == DatagramKind.Stun);
        return kinds;
    }

    public void Send(RelayLeg leg, byte[] datagram) => _socket.SendTo(datagram, new IPEndPoint(leg.Local.Address, leg.Local.RtpPort));

    public void Dispose()
    {
        _sealer?.Dispose();
        _opener?.Dispose();
        Dtls.Dispose();
        _context.Dispose();
        _socket.Dispose();
    }

    private static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = ReceiveTimeoutMilliseconds };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private byte[] Next() => _buffer[.._socket.Receive(_buffer)];
}
