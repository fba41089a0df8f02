using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Messages;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.Trunks;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway;

/// <summary>One signalling loop's share of the gateway: its transactions, its dialogs, its calls. Everything here runs on the loop.</summary>
internal sealed partial class LoopGateway : ITransactionUser
{
    /// <summary>More than the PRACKs that a phone can get while it rings.</summary>
    private const uint MostPracks = 1_000;

    private readonly DialogTable<CallLeg> _dialogs = new();
    private readonly RegisterHandler _registrar;
    private readonly ILogger<LoopGateway> _logger;
    private AdmittedRequest? _admitted;
    private CallLeg? _leg;

    public LoopGateway(GatewayContext context, SignallingLoop loop)
    {
        Context = context;
        Loop = loop;
        Layer = new TransactionLayer(loop, SipTimers.Default, context.Ids, this, context.Limits.ToTransactionBounds(), context.Sources);
        _pending = new PendingReads(context.Limits.MaxReads, context.Limits.MaxReadsPerAddress);
        _registrar = new RegisterHandler(this);
        KeepAlives = new KeepAliveDesk(this);
        Media = new MediaDesk(this);
        _retryLater = WriteRetryLater(context.Overload.RetryAfter);
        _refusals = [.. _retryLater.Select(addHeaders => new UnreadRefusal(503, addHeaders))];
        _logger = context.Loggers.CreateLogger<LoopGateway>();
    }

    /// <summary>What our requests say we are.</summary>
    public static ReadOnlySpan<byte> Product => "TekSIP-Cloud"u8;

    public GatewayContext Context { get; }

    public SignallingLoop Loop { get; }

    public TransactionLayer Layer { get; }

    /// <summary>Keeps the ways to this loop's share of the phones behind NATs open.</summary>
    public KeepAliveDesk KeepAlives { get; }

    /// <summary>Looks after the media of this loop's calls.</summary>
    public MediaDesk Media { get; }

    public IIdSource Ids => Context.Ids;

    /// <summary>For one message at a time; its content is copied before the next.</summary>
    public SipWriter Writer { get; } = new();

    /// <summary>Dialogs of calls on this loop.</summary>
    public int Dialogs => _dialogs.Count;

    public void Add(CallLeg leg) => _dialogs.Add(leg.Dialog, leg);

    public void Remove(CallLeg leg) => _dialogs.Remove(leg.Dialog);

    /// <summary>Whether no other dialog of this loop has its Call-ID, by which messages find their loop (RFC 3261 §12.1.1 has Call-IDs be unique).</summary>
    public bool IsOnlyOfItsCallId(CallLeg leg)
    {
        Remove(leg);
        var isOnly = !_dialogs.HasCall(leg.Dialog.Name.CallId);
        Add(leg);
        return isOnly;
    }

    public void OnRequest(ServerTransaction transaction)
    {
        try
        {
            Dispatch(transaction);
        }
        catch
        {
            // Without an answer the transaction would stay for ever; what went wrong is logged at the loop's edge.
            Reply(transaction, 500);
            throw;
        }
    }

    private void Dispatch(ServerTransaction transaction)
    {
        if (_leg is { } leg)
        {
            Context.Counters.Add(leg.Call.Tenant.Id, Counter.RequestsReceived);
            transaction.UserState = leg;
            leg.OnRequest(transaction);
            return;
        }

        var admitted = _admitted!;
        transaction.UserState = admitted;
        // RFC 3261 §8.2.2.2: the same request by another way is answered once.
        if (transaction.IsMerged)
            Reply(transaction, 482);
        else if (transaction is InviteServerTransaction invite)
            Begin(invite, admitted);
        else if (transaction.Request.Method is SipMethod.Message or SipMethod.Options)
            StandaloneRequest.Begin(this, transaction, admitted);
        else
            Register(transaction, admitted);
    }

    // By itself: what the task captures is made where a method begins, and calls have no use for it.
    private void Register(ServerTransaction transaction, AdmittedRequest admitted)
    {
        if (!Loop.Run(() => _registrar.Handle(transaction, admitted)))
            Reply(transaction, 503, static w => w.Header(SipHeaderName.RetryAfter, RetryAfterSeconds));
    }

    public void OnStrayResponse(SipFlow flow, SipMessage response) => KeepAlives.OnResponse(flow, response);

    /// <summary>RFC 3261 §13.2.2.4: a callee's second answer is acknowledged, and its dialog ended at once.</summary>
    public void OnOtherAnswer(SipFlow flow, SipMessage acknowledged, SipMessage response)
    {
        if (Dialog.CreateClient(acknowledged, response) is not { } dialog || !acknowledged.TryGetCSeq(out var cseq, out _))
            return;

        dialog.StartAck(Writer, flow, Ids.NewBranch(), cseq.Number);
        // RFC 3261 §22.3: the ACK carries the credentials of its INVITE, as the other one does.
        Writer.CopyLines(acknowledged, SipHeaderName.Authorization);
        Writer.CopyLines(acknowledged, SipHeaderName.ProxyAuthorization);
        Writer.End();
        Layer.Acknowledge(flow, response, Writer.Written);
        // It may have rung reliably: the numbers of its PRACKs went with the call.
        dialog.SkipNumbers(MostPracks);
        dialog.StartRequest(Writer, SipMethod.Bye, flow, Ids.NewBranch());
        Writer.End();
        Layer.SendRequest(flow, Writer, Unheard.Instance);
    }

    public void OnAck(SipFlow flow, SipMessage ack)
    {
        if (!DialogName.TryOfRequest(ack, out var dialog))
            return;
        if (FindLeg(flow, dialog) is not { } leg)
        {
            IsPassedOn(flow, ack);
            return;
        }

        Context.Counters.Add(leg.Call.Tenant.Id, Counter.RequestsReceived);
        leg.OnAck(flow, ack);
    }

    public void OnCancel(InviteServerTransaction invite, ServerTransaction cancel)
    {
        if (invite.UserState is Call call)
            call.OnCancel();
        else if (invite.UserState is Reinvite reinvite)
            reinvite.OnCancel();
    }

    /// <summary>RFC 3261 §18.2.2, for whoever was admitted; strangers have no transactions.</summary>
    public IReturnPath? FindWayBack(ServerTransaction transaction) => transaction.UserState switch
    {
        Call call => ReturnPath.Of(Context, transaction, call.Caller, call.Admitted.Requester.Destination),
        Reinvite reinvite => ReturnPath.Of(Context, transaction, reinvite.From, reinvite.From.Destination),
        CallLeg leg => ReturnPath.Of(Context, transaction, leg, leg.Destination),
        AdmittedRequest admitted => ReturnPath.Of(Context, transaction, leg: null, admitted.Requester.Destination),
        _ => null,
    };

    public void OnFailed(ServerTransaction transaction, TransactionFailure failure)
    {
        if (transaction.UserState is Call call)
            call.OnCallerLost(failure);
    }

    /// <summary>Answers a request.</summary>
    public void Reply(ServerTransaction transaction, int status, Action<SipWriter>? addHeaders = null)
    {
        StartReply(transaction, status);
        addHeaders?.Invoke(Writer);
        Writer.End();
        transaction.Respond(status, Writer.Written);
    }

    /// <summary>Begins an answer in <see cref="Writer"/> that the caller ends.</summary>
    public void StartReply(ServerTransaction transaction, int status) => transaction.StartResponse(Writer, status);

    /// <summary>Writes the least session interval that is taken here, which every 422 has (RFC 4028 §9).</summary>
    public void WriteMinSe(SipWriter writer) => SessionTerms.WriteMinSe(writer, Context.Options);

    /// <summary>
    /// Writes our Contact for a flow: this node's token, or the account that a destination knows us by, and the address by which the peer knows whoever
    /// holds the flow.
    /// </summary>
    public void WriteContact(SipWriter writer, SipFlow flow, bool isSips = false, Destination? peer = null)
    {
        writer.StartHeader(SipHeaderName.Contact);
        writer.Append(isSips ? "<sips:"u8 : "<sip:"u8);
        if (peer is { Type: DestinationType.Ua, Username: { Length: > 0 } account })
            AppendUser(writer, account);
        else
            writer.Append(Context.Token.OwnBytes);
        writer.Append("@"u8);
        writer.Append(flow.SentBy);
        // RFC 3261 §26.2.2: that it is TLS the scheme says.
        if (flow.Protocol != SipTransportProtocol.Udp && !(isSips && flow.Protocol == SipTransportProtocol.Tls))
        {
            writer.Append(";transport="u8);
            writer.Append(flow.Protocol.UriToken());
        }

        writer.Append(">"u8);
        writer.EndHeader();
    }

    private static void AppendUser(SipWriter writer, string user)
    {
        Span<byte> escaped = stackalloc byte[UserPart.MaxEscapedBytes(user)];
        writer.Append(escaped[..UserPart.Escape(user, escaped)]);
    }

    /// <summary>The leg of the dialog that a request names, if it comes from where that leg's peer is.</summary>
    private CallLeg? FindLeg(SipFlow flow, DialogName dialog) =>
        _dialogs.TryFind(dialog, out var leg) && IsPeer(leg, flow) ? leg : null;

    /// <summary>
    /// Its last request came from there, or it is a destination, whose other servers may go on with the call when one fails, or a phone that has
    /// registered by that way, having changed its network.
    /// </summary>
    private bool IsPeer(CallLeg leg, SipFlow flow) =>
        leg.Flow.Remote.Address.Equals(flow.Remote.Address)
        || (leg.Destination is { } destination ? Context.Addresses.IsAt(destination, flow.Remote.Address) : RegisteredWays.Has(leg, flow));

    [LoggerMessage(4001, LogLevel.Debug, "A request for no dialog of ours: {Dialog}")]
    private partial void LogUnknownDialog(DialogId dialog);
}
