using System.Collections.Immutable;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Ice;

namespace TekSipCloud.Media.Relay;

/// <summary>
/// What ICE and DTLS make of a leg: one port for all, a party that is where its signed checks come from, and keys from a handshake with that
/// address only.
/// </summary>
/// <remarks>Of the relay's thread, but for <see cref="Security"/>, and for its end when the loop is quiet.</remarks>
internal sealed class SharedPort(RelayLeg leg, IceAgent ice, DtlsAssociation dtls) : IDisposable
{
    private readonly byte[] _buffer = new byte[DtlsAssociation.MaxSentBytes];
    private readonly RelayLoop _loop = leg.Session.Loop;
    private DtlsAssociation _dtls = dtls;
    private long _lastConsent;
    private volatile LegSecurity _security = new(false, DtlsState.Handshaking, DtlsFailure.None, null, null);

    public RtpStream Rtp { get; } = leg.Rtp;

    public RtcpStream Rtcp { get; } = leg.Rtcp;

    /// <summary>How far it has come. Any thread.</summary>
    public LegSecurity Security => _security;

    /// <summary>How long ago the party last asked for packets at the selected path; null before it selected one. Any thread.</summary>
    public TimeSpan? ConsentAge => Volatile.Read(ref _lastConsent) is not 0 and var last ? _loop.ElapsedSince(last) : null;

    /// <summary>Whether the leg still has the port.</summary>
    public bool IsInUse => Rtp.Session is not null && Rtp.Shared == this;

    public bool Permits(in PeerAddress from) => ice.Permits(from);

    public void Expect(ImmutableArray<CertificateFingerprint> fingerprints)
    {
        _dtls.Expect(fingerprints);
        GoOn();
    }

    /// <summary>Shakes hands anew; what was agreed on before protects nothing any more. The path stays until the party names another.</summary>
    public void Renew(IceCredentials credentials, DtlsAssociation next)
    {
        if (!ice.Local.IsSameAs(credentials))
            ice.Restart(credentials);
        _dtls.Dispose();
        _dtls = next;
        if (ice.HasSelected)
            _dtls.Begin();
        GoOn();
    }

    public void Restart(IceCredentials credentials) => ice.Restart(credentials);

    /// <summary>A check of ICE, or what looks like one.</summary>
    /// <returns>Whether it came from where the party was checked, by this check at the latest.</returns>
    public bool TakeCheck(ReadOnlySpan<byte> datagram, in PeerAddress from)
    {
        var length = ice.Answer(datagram, from, _buffer);
        if (length > 0)
            _ = _loop.Io.Send(Rtp.Socket, _buffer.AsSpan(0, length), from);
        Follow();
        return ice.Permits(from);
    }

    /// <summary>A record of DTLS from an address that was checked. Before the party has named one there is nowhere to answer; it comes again.</summary>
    public void TakeRecord(ReadOnlySpan<byte> datagram)
    {
        if (!ice.HasSelected)
            return;

        _dtls.Receive(datagram);
        GoOn();
    }

    /// <summary>Sends again what got no answer in time.</summary>
    /// <returns>How long until it is to be asked again; null for never.</returns>
    public TimeSpan? HandleTimeout()
    {
        if (_dtls.NextTimeout is { } left && left <= TimeSpan.Zero)
        {
            _dtls.HandleTimeout();
            GoOn();
        }

        return _dtls.NextTimeout;
    }

    /// <summary>Ends it, and tells the party (close_notify): only while the port is open and no packet is handled for it.</summary>
    public void Dispose()
    {
        if (_dtls.State == DtlsState.Established)
        {
            _dtls.Close();
            Flush();
        }

        _dtls.Dispose();
    }

    /// <summary>Takes the path that the party has named.</summary>
    private void Follow()
    {
        if (!ice.HasSelected)
            return;

        Volatile.Write(ref _lastConsent, ice.LastConsent);
        var selected = ice.Selected;
        Rtp.Latch.Use(selected);
        Rtcp.Latch.Use(selected);
        if (_security.HasPath)
            return;

        _dtls.Begin();
        GoOn();
    }

    /// <summary>Sends what the handshake wants sent, and protects the leg by its keys.</summary>
    private void GoOn()
    {
        Flush();
        if (_dtls.NextTimeout is not null)
            _loop.Handshakes.Add(this);

        var now = new LegSecurity(ice.HasSelected, _dtls.State, _dtls.Failure, _dtls.FailureReason, _dtls.Keys?.Ours.Profile);
        if (now == _security)
            return;

        _security = now;
        // Keys of an association that has ended protect nothing any more.
        leg.Protect(_dtls.State == DtlsState.Established ? _dtls.Keys : null);
    }

    private void Flush()
    {
        while (ice.HasSelected && _dtls.TryTake(_buffer, out var length))
            _ = _loop.Io.Send(Rtp.Socket, _buffer.AsSpan(0, length), ice.Selected);
    }
}
