using System.Text;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// The subscription that a REFER makes (RFC 3515 §2.4.4): its sender is told by NOTIFY, within the same dialog, how the call to the target goes. It outlives
/// the sender's part in the call (RFC 5057 §4.2), until the last news or until the sender knows it no more.
/// </summary>
internal sealed class ReferSubscription(CallLeg leg, ReferWish wish) : IClientTransactionUser
{
    /// <summary>Longer than any ringing; the last news ends it in any case.</summary>
    private const uint Seconds = 600;

    private readonly long _begun = leg.Call.Gateway.Context.Clock.GetTimestamp();
    private ILoopTimer? _end;
    private bool _isOver = wish.IsQuiet;
    private int _told;

    private LoopGateway Gateway => leg.Call.Gateway;

    /// <summary>Answers the REFER with 202, which says whether there will be news (RFC 3515 §2.4.2, RFC 4488 §4), and tells the first.</summary>
    public void Accept(ServerTransaction refer)
    {
        Gateway.StartReply(refer, 202);
        Gateway.WriteContact(Gateway.Writer, refer.Flow, leg.Dialog.NeedsSipsContact, leg.Destination);
        if (wish.IsQuiet)
            Gateway.Writer.Header(SipHeaderName.ReferSub, "false"u8);
        Gateway.Writer.End();
        refer.Respond(202, Gateway.Writer.Written);
        Tell(100);
    }

    /// <summary>Tells of a status of the target's; a final one ends the subscription (RFC 3515 §2.4.7).</summary>
    public void Tell(int status)
    {
        if (_isOver || status == _told)
            return;

        _told = status;
        if (status >= 200)
            End();
        else
            _end ??= Gateway.Loop.Schedule(TimeSpan.FromSeconds(Seconds), static self => ((ReferSubscription)self!).OnExpired(), this);
        Send(Ended);
    }

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 300)
            leg.Dialog.TakeResponse(response);
        else
            End();
    }

    // RFC 6665 §4.2.2: who does not answer is subscribed no more. The call goes on (RFC 5057 §4.2).
    public void OnTimeout(ClientTransaction transaction) => End();

    public void OnTransportError(ClientTransaction transaction) => End();

    private static ReadOnlySpan<byte> Ended => "terminated;reason=noresource"u8;

    private uint Left => Seconds - Math.Min(Seconds, (uint)Gateway.Context.Clock.GetElapsedTime(_begun).TotalSeconds);

    /// <summary>RFC 6665 §4.2.2: a subscription has an end, also where the target rings for ever.</summary>
    private void OnExpired()
    {
        if (_isOver)
            return;

        End();
        Send("terminated;reason=timeout"u8);
    }

    private void End()
    {
        _isOver = true;
        _end?.Cancel();
    }

    private void Send(ReadOnlySpan<byte> end)
    {
        leg.StartRequest(SipMethod.Notify);
        Write(Gateway.Writer, end);
        leg.Send(this);
    }

    private void Write(SipWriter writer, ReadOnlySpan<byte> end)
    {
        leg.Call.Gateway.WriteContact(writer, leg.Flow, leg.Dialog.NeedsSipsContact, leg.Destination);
        writer.StartHeader(SipHeaderName.Event);
        writer.Append("refer;id="u8);
        writer.Append(wish.Id);
        writer.EndHeader();
        writer.StartHeader(SipHeaderName.SubscriptionState);
        writer.Append(_isOver ? end : "active;expires="u8);
        if (!_isOver)
            writer.Append(Left);
        writer.EndHeader();
        // RFC 3420 §2.1: the status line of what the target answered, and nothing of its own.
        var phrase = Encoding.ASCII.GetString(SipStatus.Reason(_told));
        writer.Body("message/sipfrag;version=2.0"u8, Encoding.ASCII.GetBytes($"SIP/2.0 {_told} {phrase}\r\n"));
    }
}
