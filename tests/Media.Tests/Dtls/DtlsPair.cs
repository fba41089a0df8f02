using TekSipCloud.Media.Dtls;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Dtls;

/// <summary>Two associations and the datagrams between them, in a process.</summary>
internal sealed class DtlsPair : IDisposable
{
    /// <summary>OpenSSL takes what is due within 15 ms for due, so that its clock, which no test moves, costs 2 ms a flight.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(17);

    /// <summary>Nothing is sent again.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DtlsContext _activeContext;
    private readonly DtlsContext _passiveContext;
    private readonly byte[] _buffer = new byte[DtlsAssociation.MaxSentBytes];

    public DtlsPair(string activeProfiles = AllProfiles, string passiveProfiles = AllProfiles, TimeSpan? interval = null)
    {
        _activeContext = DtlsContext.Create(Clock, interval ?? Never, activeProfiles);
        _passiveContext = DtlsContext.Create(Clock, interval ?? Never, passiveProfiles);
        Active = _activeContext.Associate(DtlsRole.Active);
        Passive = _passiveContext.Associate(DtlsRole.Passive);
    }

    public const string AllProfiles = "SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM:SRTP_AEAD_AES_256_GCM";

    public FakeClock Clock { get; } = new();

    public DtlsAssociation Active { get; }

    public DtlsAssociation Passive { get; }

    public CertificateFingerprint ActiveFingerprint => _activeContext.Fingerprint;

    public CertificateFingerprint PassiveFingerprint => _passiveContext.Fingerprint;

    /// <summary>What becomes of each datagram, by its number; all arrive when null.</summary>
    public Func<int, DatagramFate>? Network { get; set; }

    public int Datagrams { get; private set; }

    public bool IsEstablished => Active.State == DtlsState.Established && Passive.State == DtlsState.Established;

    public DtlsPair ExpectEachOther()
    {
        Active.Expect([PassiveFingerprint]);
        Passive.Expect([ActiveFingerprint]);
        return this;
    }

    /// <summary>Begins, and carries datagrams until none is left.</summary>
    public DtlsPair Shake()
    {
        Active.Begin();
        Carry();
        return this;
    }

    /// <summary>The same with a network that loses: waits for OpenSSL's own timer whenever nothing is under way.</summary>
    public void ShakeUntilEstablished()
    {
        Shake();
        var started = TimeProvider.System.GetTimestamp();
        while (!IsEstablished && TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            Active.HandleTimeout();
            Passive.HandleTimeout();
            Carry();
        }
    }

    public void Carry()
    {
        while (CarryOnce(Active, Passive) | CarryOnce(Passive, Active))
        {
        }
    }

    /// <summary>What one side has to send, datagram by datagram.</summary>
    public List<byte[]> Take(DtlsAssociation from)
    {
        var taken = new List<byte[]>();
        while (from.TryTake(_buffer, out var length))
            taken.Add(_buffer[..length]);
        return taken;
    }

    public static void Give(DtlsAssociation to, List<byte[]> datagrams) => datagrams.ForEach(datagram => to.Receive(datagram));

    /// <summary>A record of epoch 0 (RFC 6347 §4.1).</summary>
    public static byte[] Record(byte type, byte[] content) =>
        [type, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    public void Dispose()
    {
        Active.Dispose();
        Passive.Dispose();
        _activeContext.Dispose();
        _passiveContext.Dispose();
    }

    private bool CarryOnce(DtlsAssociation from, DtlsAssociation to)
    {
        var arriving = new List<byte[]>();
        var late = new List<byte[]>();
        var taken = Take(from);
        foreach (var datagram in taken)
        {
            var fate = Network?.Invoke(Datagrams) ?? DatagramFate.Arrives;
            Datagrams++;
            if (fate is DatagramFate.Arrives or DatagramFate.ArrivesTwice)
                arriving.Add(datagram);
            if (fate is DatagramFate.ArrivesTwice or DatagramFate.ArrivesLate)
                late.Add(datagram);
        }

        foreach (var datagram in arriving.Concat(late))
            to.Receive(datagram);
        return taken.Count > 0;
    }
}
