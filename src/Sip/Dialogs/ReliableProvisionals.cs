using System.Buffers.Binary;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Dialogs;

/// <summary>
/// The callee's side of the reliable provisional responses to one INVITE (RFC 3262 §3): numbers them, lets one go at a time, says when it is sent
/// again and when nobody acknowledges it, and which PRACK is for which. Plain rules: messages and timers are its user's.
/// </summary>
public sealed class ReliableProvisionals
{
    /// <summary>The highest number that the first response may have (RFC 3262 §3).</summary>
    public const uint MaxFirst = int.MaxValue;

    private readonly SipTimers _timers;
    private readonly uint _inviteCSeq;
    private TimeSpan _interval;
    private TimeSpan _waited;
    private bool _isClosed;

    /// <param name="first">Number of the first response, 1 to <see cref="MaxFirst"/>: see <see cref="NewRSeq"/>.</param>
    /// <param name="inviteCSeq">Number of the INVITE.</param>
    /// <param name="timers">T1.</param>
    public ReliableProvisionals(uint first, uint inviteCSeq, SipTimers timers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, MaxFirst);
        RSeq = first - 1;
        _inviteCSeq = inviteCSeq;
        _timers = timers;
    }

    /// <summary>Number of the response that was sent last; before the first, what precedes its number.</summary>
    public uint RSeq { get; private set; }

    /// <summary>Whether that response is not acknowledged yet, so that no other may follow it.</summary>
    public bool IsPending { get; private set; }

    /// <summary>After which time <see cref="TryRepeat"/> is due: T1, then doubled, until 64*T1 are over in all.</summary>
    public TimeSpan Wait => _interval < _timers.Timeout - _waited ? _interval : _timers.Timeout - _waited;

    /// <summary>A number for the first response, at random (RFC 3262 §3).</summary>
    public static uint NewRSeq()
    {
        Span<byte> random = stackalloc byte[sizeof(uint)];
        RandomBytes.Fill(random);
        return Math.Max(1, BinaryPrimitives.ReadUInt32LittleEndian(random) & MaxFirst);
    }

    /// <summary>Numbers the next response. False when one waits for its PRACK, or none may follow any more.</summary>
    public bool TrySend(out uint rseq)
    {
        rseq = RSeq;
        if (IsPending || _isClosed)
            return false;

        rseq = ++RSeq;
        IsPending = true;
        (_interval, _waited) = (_timers.T1, TimeSpan.Zero);
        return true;
    }

    /// <summary>
    /// <see cref="Wait"/> is over and no PRACK has come: whether the response is sent once more. If not, 64*T1 are over, and the INVITE should be
    /// answered with a 5xx.
    /// </summary>
    public bool TryRepeat()
    {
        _waited += Wait;
        if (_waited >= _timers.Timeout)
            return false;

        _interval += _interval;
        return true;
    }

    /// <summary>Whether a PRACK is for the response that waits for one; if not, it is answered 481.</summary>
    public bool IsFor(RAckHeader rack) =>
        IsPending && rack.RSeq == RSeq && rack.CSeq == _inviteCSeq && rack.Method.SequenceEqual(SipMethods.Token(SipMethod.Invite));

    /// <summary>The response that waited has its PRACK, which is answered with a 2xx.</summary>
    public void Acknowledge() => IsPending = false;

    /// <summary>The INVITE has its final answer: no response may follow or is sent again, but the PRACK of the last one may still come.</summary>
    public void Close() => _isClosed = true;
}
