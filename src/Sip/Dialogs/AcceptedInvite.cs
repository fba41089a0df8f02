using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Dialogs;

/// <summary>
/// A 2xx to INVITE that waits for its ACK: repeated after T1, doubling up to T2, whatever the transport, because a proxy on the way may be
/// unreliable (RFC 3261 §13.3.1.4). Used on the loop.
/// </summary>
public sealed class AcceptedInvite
{
    private readonly InviteServerTransaction _invite;
    private byte[] _response;
    private readonly int _length;
    private readonly TransactionLayer _layer;
    private readonly Action<AcceptedInvite> _onUnacknowledged;
    private readonly ILoopTimer _timer;
    private readonly long _end;
    private readonly int _status;
    private TimeSpan _interval;

    private AcceptedInvite(
        InviteServerTransaction invite, int status, ReadOnlySpan<byte> response, TransactionLayer layer, Action<AcceptedInvite> onUnacknowledged)
    {
        _invite = invite;
        _status = status;
        _response = layer.Buffers.Rent(response.Length);
        _length = response.Length;
        response.CopyTo(_response);
        _layer = layer;
        _onUnacknowledged = onUnacknowledged;
        _interval = layer.Timers.T1;
        _end = layer.Loop.Elapsed + layer.Timers.Timeout.Ticks;
        _timer = layer.Loop.Schedule(_interval, static self => ((AcceptedInvite)self!).OnTimer(), this);
    }

    /// <summary>Whether the ACK is still awaited.</summary>
    public bool IsPending => _timer.IsPending;

    /// <summary>What belongs to it at its user's; the library does not look at it.</summary>
    public object? UserState { get; init; }

    /// <summary>
    /// Answers an INVITE with a 2xx and repeats that until <see cref="TryTakeAck"/>. Null when the transaction did not take the answer.
    /// </summary>
    /// <param name="layer">The layer of the transaction.</param>
    /// <param name="invite">The INVITE.</param>
    /// <param name="status">200–299.</param>
    /// <param name="response">The whole response; copied.</param>
    /// <param name="onUnacknowledged">Called after 64*T1 without ACK: the session should end by BYE (RFC 3261 §13.3.1.4).</param>
    /// <param name="userState">For <see cref="UserState"/>.</param>
    public static AcceptedInvite? Respond(
        TransactionLayer layer, InviteServerTransaction invite, int status, ReadOnlySpan<byte> response,
        Action<AcceptedInvite> onUnacknowledged, object? userState = null) =>
        invite.Respond(status, response)
            ? new AcceptedInvite(invite, status, response, layer, onUnacknowledged) { UserState = userState }
            : null;

    /// <summary>
    /// Takes the ACK of the dialog: false when it acknowledges another INVITE (its CSeq number is not that of this one) or the first has come
    /// already.
    /// </summary>
    public bool TryTakeAck(SipMessage ack)
    {
        var isOurs = IsPending
            && ack.TryGetCSeq(out var cseq, out _) && _invite.Request.TryGetCSeq(out var invited, out _) && cseq.Number == invited.Number;
        if (isOurs)
            Stop();
        return isOurs;
    }

    /// <summary>Stops repeating, because the session is over.</summary>
    public void Stop()
    {
        _timer.Cancel();
        _layer.Buffers.Return(_response);
        _response = [];
        _invite.OnAcknowledged();
    }

    private void OnTimer()
    {
        var left = TimeSpan.FromTicks(_end - _layer.Loop.Elapsed);
        if (left <= TimeSpan.Zero)
        {
            GiveUp();
            return;
        }

        _interval = _layer.Timers.Next(_interval);
        _timer.Change(_interval < left ? _interval : left);
        _invite.Respond(_status, _response.AsSpan(0, _length));
    }

    private void GiveUp()
    {
        Stop();
        _onUnacknowledged(this);
    }
}
