using System.Security.Cryptography;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Dtls;

/// <summary>
/// One DTLS-SRTP association (RFC 5764) without a socket: datagrams go in by <see cref="Receive"/> and come out by <see cref="TryTake"/>.
/// </summary>
/// <remarks>
/// After each call take all datagrams out and look at <see cref="NextTimeout"/>. A passive side keeps no state of a ClientHello before its
/// sender has shown, by a cookie, that it hears us (RFC 6347 §4.2.1): a forged one changes nothing. One thread at a time.
/// </remarks>
public sealed class DtlsAssociation : IDisposable
{
    /// <summary>The most bytes of a datagram of ours, so that it passes every path (RFC 8200 §5 less headers).</summary>
    public const int MaxSentBytes = 1200;

    /// <summary>The most bytes of a datagram that is looked at.</summary>
    public const int MaxReceivedBytes = 2048;

    internal const int CookieBytes = 16;

    private readonly DtlsContext _context;
    private readonly DtlsRole _role;
    private readonly BioHandle _input = BioHandle.Create();
    private readonly BioHandle _output = BioHandle.Create();
    private readonly SslHandle _ssl;
    private readonly byte[] _cookie = RandomNumberGenerator.GetBytes(CookieBytes);
    private CertificateFingerprint[] _expected = [];
    private bool _isListening;
    private bool _wasDisbelieved;
    private long? _started;

    internal DtlsAssociation(DtlsContext context, DtlsRole role)
    {
        _context = context;
        _role = role;
        _isListening = role == DtlsRole.Passive;
        _ssl = SslHandle.Create(context.Handle, this, _input, _output);
        Prepare();
    }

    /// <summary>How long a handshake may take from its first message.</summary>
    public static TimeSpan HandshakeTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How far it has come.</summary>
    public DtlsState State { get; private set; }

    /// <summary>Why it failed.</summary>
    public DtlsFailure Failure { get; private set; }

    /// <summary>What OpenSSL says of the failure, for a call's decision log; null when there is nothing to say.</summary>
    public string? FailureReason { get; private set; }

    /// <summary>The keys of SRTP; null before it is established.</summary>
    public SrtpKeys? Keys { get; private set; }

    /// <summary>How long until <see cref="HandleTimeout"/> is to be called; null when nothing is waited for.</summary>
    public TimeSpan? NextTimeout
    {
        get
        {
            if (State != DtlsState.Handshaking || _started is not { } started)
                return null;

            var left = HandshakeTimeout - _context.Clock.GetElapsedTime(started);
            left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
            return DtlsTimer.Left(_ssl) is { } retransmission && retransmission < left ? retransmission : left;
        }
    }

    internal ReadOnlySpan<byte> Cookie => _cookie;

    private bool IsOver => State is DtlsState.Closed or DtlsState.Failed;

    /// <summary>Sends the ClientHello when we are active, else does nothing.</summary>
    public void Begin()
    {
        if (_isListening || _started is not null)
            return;

        _started = _context.Clock.GetTimestamp();
        Shake();
    }

    /// <summary>
    /// Takes over what the party's description says of its certificate. No keys exist before; once there are, another certificate needs another
    /// association (RFC 8842 §4).
    /// </summary>
    /// <param name="fingerprints">All that the description has; one of the strongest hash function must fit (RFC 8122 §5.1).</param>
    public void Expect(IEnumerable<CertificateFingerprint> fingerprints)
    {
        _expected = CertificateFingerprint.StrongestOf(fingerprints);
        if (State == DtlsState.AwaitingFingerprint)
            Conclude();
    }

    /// <summary>Takes in a datagram: nothing it may hold throws.</summary>
    public void Receive(ReadOnlySpan<byte> datagram)
    {
        if (IsOver || datagram.Length is 0 or > MaxReceivedBytes)
            return;

        _input.Write(datagram);
        if (State == DtlsState.Handshaking)
            Shake();
        if (State is DtlsState.Established or DtlsState.AwaitingFingerprint)
            Drain();

        // What was not understood must not stand before the next one.
        _input.Clear();
    }

    /// <summary>Takes the next datagram to be sent.</summary>
    /// <param name="buffer">Of <see cref="MaxSentBytes"/> or more.</param>
    /// <param name="length">How many of its bytes were written.</param>
    public bool TryTake(Span<byte> buffer, out int length)
    {
        var flight = _output.Pending;
        length = DtlsRecords.CountFirst(flight, MaxSentBytes);
        if (length > 0 && length <= buffer.Length)
        {
            _output.Read(buffer[..length]);
            return true;
        }

        if (!flight.IsEmpty)
            _output.Clear();
        length = 0;
        return false;
    }

    /// <summary>Sends a flight again that got no answer; ends a handshake that takes too long. May be called too early.</summary>
    public void HandleTimeout()
    {
        if (State != DtlsState.Handshaking || _started is not { } started)
            return;

        LibCrypto.ClearErrors();
        if (_context.Clock.GetElapsedTime(started) >= HandshakeTimeout || !DtlsTimer.TryHandle(_ssl))
            Fail(DtlsFailure.TimedOut, null);
    }

    /// <summary>Tells the party that it is over (close_notify).</summary>
    public void Close()
    {
        if (IsOver)
            return;

        Bid(DtlsState.Closed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ssl.Dispose();
        _input.Dispose();
        _output.Dispose();
        if (!IsOver)
            State = DtlsState.Closed;
    }

    internal bool IsCookie(ReadOnlySpan<byte> cookie) => CryptographicOperations.FixedTimeEquals(cookie, _cookie);

    /// <summary>Whether a certificate may be the party's: it is, or nobody has told yet.</summary>
    internal bool Believes(nint certificate)
    {
        if (_expected.Length == 0 || DtlsPeer.Fits(certificate, _expected))
            return true;

        _wasDisbelieved = true;
        return false;
    }

    /// <summary>RFC 6347 §4.2.4.1: each wait is twice as long as the one before. In microseconds.</summary>
    internal uint IntervalAfter(uint last) =>
        last == 0 ? (uint)_context.FirstInterval.TotalMicroseconds : (uint)Math.Min(2.0 * last, _context.LongestInterval.TotalMicroseconds);

    private unsafe void Prepare()
    {
        LibSsl.SetTimer(_ssl, &DtlsCallbacks.ChooseInterval);
        _ = LibSsl.Control(_ssl, LibSsl.SetMtu, MaxSentBytes, null);
        if (_role == DtlsRole.Active)
            LibSsl.BecomeClient(_ssl);
        else
            LibSsl.BecomeServer(_ssl);
    }

    private void Shake()
    {
        LibCrypto.ClearErrors();
        if (_isListening && !Listen())
            return;

        var result = LibSsl.DoHandshake(_ssl);
        if (result == 1)
            Conclude();
        else
            Judge(result);
    }

    /// <summary>Answers a ClientHello by a cookie, without remembering it.</summary>
    /// <returns>Whether one came with our cookie.</returns>
    private bool Listen()
    {
        using var nobody = OpenSslError.Checked(LibCrypto.NewAddress());
        if (LibSsl.Listen(_ssl, nobody) != 1)
            return false;

        _isListening = false;
        _started = _context.Clock.GetTimestamp();
        return true;
    }

    private void Conclude()
    {
        if (DtlsKeys.ProfileOf(_ssl) is not { } profile)
        {
            Refuse(DtlsFailure.NoSrtpProfile);
        }
        else if (_expected.Length == 0)
        {
            State = DtlsState.AwaitingFingerprint;
        }
        else if (!DtlsPeer.Fits(_ssl, _expected))
        {
            Refuse(DtlsFailure.WrongFingerprint);
        }
        else
        {
            Keys = DtlsKeys.Export(_ssl, profile, _role);
            State = DtlsState.Established;
        }
    }

    /// <summary>Nothing but media follows a handshake; what comes nevertheless is read and forgotten.</summary>
    private unsafe void Drain()
    {
        var scratch = stackalloc byte[MaxReceivedBytes];
        int result;
        LibCrypto.ClearErrors();
        do
            result = LibSsl.Read(_ssl, scratch, MaxReceivedBytes);
        while (result > 0);
        Judge(result);
    }

    private void Judge(int result)
    {
        switch (LibSsl.GetError(_ssl, result))
        {
            case LibSsl.ErrorWantRead or LibSsl.ErrorWantWrite:
                break;
            case LibSsl.ErrorZeroReturn:
                // RFC 5246 §7.2.1: answered by one's own.
                Bid(DtlsState.Closed);
                break;
            default:
                Fail(_wasDisbelieved ? DtlsFailure.WrongFingerprint : DtlsFailure.Protocol, OpenSslError.Read());
                break;
        }
    }

    private void Refuse(DtlsFailure failure)
    {
        Bid(DtlsState.Failed);
        Failure = failure;
    }

    private void Bid(DtlsState end)
    {
        LibCrypto.ClearErrors();
        _ = LibSsl.Shutdown(_ssl);
        LibCrypto.ClearErrors();
        State = end;
    }

    private void Fail(DtlsFailure failure, string? reason)
    {
        State = DtlsState.Failed;
        Failure = failure;
        FailureReason = reason;
    }
}
