using System.Runtime.CompilerServices;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// All transactions of one loop (RFC 3261 §17): gives each message to the machine it belongs to and new requests to the user. Every member is
/// used on the loop, except the counters.
/// </summary>
public sealed partial class TransactionLayer
{
    private readonly TransactionTable _table = new();
    private readonly SoughtKey _key = new();
    private readonly SoughtKey _receivedKey = new();
    private readonly FinishedTransactions _finished;
    private readonly int _maxServers;
    private long _refused;

    /// <summary>Makes a layer without transactions.</summary>
    /// <param name="loop">The loop on which everything happens; it has one layer.</param>
    /// <param name="timers">Timer values.</param>
    /// <param name="ids">Source of tags.</param>
    /// <param name="user">Takes requests.</param>
    /// <param name="bounds">What may be held; null for the defaults.</param>
    /// <param name="gate">Bounds the stateless answers per source; null for no bound.</param>
    public TransactionLayer(
        SignallingLoop loop, SipTimers timers, IIdSource ids, ITransactionUser user, TransactionBounds? bounds = null, ISourceGate? gate = null)
    {
        bounds ??= new TransactionBounds();
        Responder = new StatelessResponder(gate);
        Loop = loop;
        Timers = timers;
        Ids = ids;
        User = user;
        _maxServers = bounds.MaxServers;
        _finished = new FinishedTransactions(timers.T4, bounds.MaxFinishedBytes);
        loop.Layer = loop.Layer is null ? this : throw new ArgumentException($"Loop {loop.Name} has its layer.", nameof(loop));
    }

    /// <summary>The loop that owns this layer.</summary>
    public SignallingLoop Loop { get; }

    /// <summary>The timer values of its transactions.</summary>
    public SipTimers Timers { get; }

    /// <summary>Source of branches, tags and Call-IDs.</summary>
    public IIdSource Ids { get; }

    /// <summary>Answers requests without a transaction; for this loop.</summary>
    public StatelessResponder Responder { get; }

    /// <summary>Requests that wait for an answer or whose retransmissions are awaited.</summary>
    public int ServerTransactions => _table.Servers + FinishedServers;

    /// <summary>Requests of ours that wait for an answer or for its retransmissions.</summary>
    public int ClientTransactions => _table.Clients + FinishedClients;

    /// <summary>Of <see cref="ServerTransactions"/>, those that are over but for retransmissions.</summary>
    public int FinishedServers =>
        _finished.Count(FinishedKind.Answered) + _finished.Count(FinishedKind.Confirmed) + _finished.Count(FinishedKind.Accepted);

    /// <summary>Of <see cref="ClientTransactions"/>, those that are over but for retransmissions.</summary>
    public int FinishedClients => _finished.Count(FinishedKind.Heard) + _finished.Count(FinishedKind.Acknowledged);

    /// <summary>Bytes kept of transactions that are over but for retransmissions.</summary>
    public long FinishedBytes => _finished.Bytes;

    /// <summary>Records of such transactions let go before their time for want of room: a request that is repeated then is taken as new.</summary>
    public long Forgotten => _finished.LetGo;

    /// <summary>Requests answered 503 because too many transactions existed.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    internal SipWriter Writer { get; } = new();

    internal LoopBuffers Buffers { get; } = new();

    internal LoopMessages Messages { get; } = new();

    internal ITransactionUser User { get; }

    /// <summary>
    /// Brings a received message to the loop, from any thread; a lent one is copied. False when the loop is full or has stopped; the message is
    /// then lost, as on any network, and counted in <see cref="SignallingLoop.Dropped"/>.
    /// </summary>
    public bool Post(SipFlow flow, SipMessage message) => Loop.Post(
        static (flow, message) => SignallingLoop.Current!.Layer!.Receive((SipFlow)flow!, (SipMessage)message!), flow, message.Detach());

    /// <summary>
    /// Brings the end of a connection to the loop, from any thread. Never refused: a loop that misses it would wait on a connection that is gone.
    /// </summary>
    public void PostClosed(SipFlow flow) => Loop.PostContinuation(
        static (flow, _) => SignallingLoop.Current!.Layer!.OnFlowClosed((SipFlow)flow!), flow, null);

    /// <summary>Brings the news that a UDP peer cannot be reached to the loop; lost when that is full.</summary>
    public bool PostUnreachable(SipFlow flow) => Loop.Post(
        static (flow, _) => SignallingLoop.Current!.Layer!.OnUnreachable((SipFlow)flow!), flow);

    /// <summary>Takes a message that was received; on the loop. It may be lent: what a transaction keeps of it is a copy.</summary>
    public void Receive(SipFlow flow, SipMessage message)
    {
        Loop.Trace?.Record(flow, message);
        ReceiveAgain(flow, message);
    }

    /// <summary>Takes a request once more that <see cref="ITransactionUser.Admit"/> put off; on the loop.</summary>
    public void ReceiveAgain(SipFlow flow, SipMessage message)
    {
        if (!message.IsRequest)
            OnResponse(flow, message);
        else if (message.Method == SipMethod.Ack)
            OnAck(flow, message);
        else if (_table.TryFindServer(_receivedKey.Server(flow, message, message.MethodToken), out var known))
            known.OnRetransmission();
        else if (TryFindFinished(_receivedKey, out var record))
            AnswerAgain(flow, message, record);
        else if (message.Method == SipMethod.Cancel)
            OnCancel(flow, message);
        else
            OnRequest(flow, message);
    }

    /// <summary>
    /// Refuses a new request without reading it, at the least cost; on the loop. False, and nothing is done, when it has to be read: it is one of a
    /// transaction that exists, or its answer goes elsewhere than to where it came from. The trace keeps the answer only, which repeats what tells
    /// whose request it was.
    /// </summary>
    /// <param name="flow">The way it came.</param>
    /// <param name="request">What was found of it.</param>
    /// <param name="refusal">The answer.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRefuse(SipFlow flow, in UnreadRequest request, UnreadRefusal refusal)
    {
        var via = request.Via;
        if (!ReplyPath.LeadsBack(flow, via.HasRport, via.Port))
            return false;

        var key = _receivedKey.Server(flow, via, request.Method);
        if (_table.TryFindServer(key, out _) || IsFinished(key))
            return false;

        Responder.Refuse(flow, request, refusal);
        return true;
    }

    /// <summary>
    /// Makes the transaction of a request that <see cref="ITransactionUser.Admit"/> put off, without calling
    /// <see cref="ITransactionUser.OnRequest"/>. Null when it exists already, because a retransmission was accepted meanwhile, or when there are too
    /// many and the layer has answered 503, or when the connection is gone.
    /// </summary>
    public ServerTransaction? Accept(SipFlow flow, SipMessage request)
    {
        var key = _key.Server(flow, request, request.MethodToken);
        var transaction = _table.TryFindServer(key, out _) || IsFinished(key) ? null : Take(flow, request, key);
        transaction?.KeepRequest();
        transaction?.Begin();
        return transaction;
    }

    /// <summary>
    /// Sends a request and waits for its answer. The outcome comes to <paramref name="user"/> later, never within this call.
    /// </summary>
    /// <param name="flow">The way to the next hop.</param>
    /// <param name="writer">
    /// Has ended a request other than ACK whose topmost Via is ours with a new branch; free for another one afterwards.
    /// </param>
    /// <param name="user">Hears the outcome.</param>
    /// <returns>An <see cref="InviteClientTransaction"/> for INVITE, otherwise a <see cref="NonInviteClientTransaction"/>.</returns>
    /// <exception cref="ArgumentException">What was written is no such request, or it is under way already: a fault of the caller.</exception>
    public ClientTransaction SendRequest(SipFlow flow, SipWriter writer, IClientTransactionUser user)
    {
        var isIdentified = writer.TryIdentify(out var identity);
        if (isIdentified && !identity.Method.SequenceEqual("INVITE"u8))
            return Begin(new NonInviteClientTransaction(this, flow, writer.Written.ToArray(), _key.Client(identity).ToKey(), user));

        var message = Messages.Rent(writer.Lines.Length);
        if (!message.TryTake(writer, isIdentified) || (!isIdentified && !message.CanBeAnswered))
            throw new ArgumentException("No request that could be answered.", nameof(writer));

        var key = (isIdentified ? _key.Client(identity) : _key.Client(message)).ToKey();
        return Begin(message.Method == SipMethod.Invite
            ? new InviteClientTransaction(this, flow, message, key, user)
            : new NonInviteClientTransaction(this, flow, writer.Written.ToArray(), key, user));
    }

    private ClientTransaction Begin(ClientTransaction transaction)
    {
        _table.Add(transaction);
        transaction.Begin();
        return transaction;
    }

    /// <summary>Ends every transaction on a connection that closed (any flow equal to it): RFC 3261 §17.1.4 and §17.2.4. On the loop.</summary>
    public void OnFlowClosed(SipFlow flow)
    {
        foreach (var transaction in _table.OnFlow(flow))
        {
            if (!transaction.IsOver)
                transaction.OnTransportError();
        }
    }

    /// <summary>
    /// Ends every request to a UDP peer that cannot be reached and has not answered at all: RFC 3261 §18.4, §8.1.3.1. A peer that has answered is
    /// there, whatever an ICMP error, which may be forged, says. Final responses to its INVITEs go another way. On the loop.
    /// </summary>
    public void OnUnreachable(SipFlow flow)
    {
        NoteUnreachable(flow);
        foreach (var transaction in _table.OnFlow(flow))
        {
            if (transaction.State is TransactionState.Calling or TransactionState.Trying)
                transaction.OnTransportError();
        }
    }

    internal void Move(ServerTransaction transaction, SipFlow way) =>
        _table.Move(transaction, way, _key.Server(way, transaction.Request, transaction.Request.MethodToken));

    internal void Remove(ServerTransaction transaction) => _table.Remove(transaction);

    internal void Remove(ClientTransaction transaction) => _table.Remove(transaction);

    private void OnRequest(SipFlow flow, SipMessage request)
    {
        if (!User.Admit(flow, request) || Take(flow, request, _receivedKey) is not { } transaction)
            return;

        try
        {
            User.OnRequest(transaction);
        }
        finally
        {
            transaction.KeepRequest();
            // Most are answered by now, and need no timer.
            if (!transaction.IsOver)
                transaction.Begin();
        }
    }

    /// <summary>Whether a request begins something: it is in no dialog, and no CANCEL, which belongs to its INVITE.</summary>
    private static bool IsInitial(SipMessage request) =>
        request.LacksToTag && request.Method != SipMethod.Cancel;

    /// <summary>Makes the transaction of a request that none was found for; it is to begin once its user has seen it.</summary>
    private ServerTransaction? Take(SipFlow flow, SipMessage request, SoughtKey key)
    {
        if (!flow.IsOpen)
            return null;

        // What belongs to a call or an INVITE that was taken is let through: a BYE refused now is a call that stays up.
        var most = IsInitial(request) ? _maxServers : 2L * _maxServers;
        if (_table.Servers >= most)
        {
            Interlocked.Increment(ref _refused);
            Responder.Respond(flow, request, 503, static writer => writer.Header(SipHeaderName.RetryAfter, 5));
            return null;
        }

        return AddServer(flow, request, key.ToKey());
    }

    private ServerTransaction AddServer(SipFlow flow, SipMessage received, TransactionKey key)
    {
        // Most of these are answered at once, and nothing of them is needed any more.
        var mayBeBrief = received.Method is SipMethod.Bye or SipMethod.Cancel;
        var isKept = received is { Method: SipMethod.Invite, IsLent: true };
        var request = mayBeBrief ? received : isKept ? Messages.Keep(received) : received.Detach();
        ServerTransaction transaction = request.Method == SipMethod.Invite
            ? new InviteServerTransaction(this, flow, request, key, isKept)
            : new NonInviteServerTransaction(this, flow, request, key);
        _table.Add(transaction);

        // RFC 3261 §8.2.2.2: only requests outside a dialog can merge.
        if (IsInitial(request))
            transaction.IsMerged = !TryMarkInitial(transaction);
        return transaction;
    }
}
