using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>The transactions of a layer by their keys, and those that end with their flow by flow.</summary>
internal sealed class TransactionTable
{
    private readonly Dictionary<TransactionKey, ServerTransaction> _servers = new(new TransactionKeyComparer());
    private readonly Dictionary<TransactionKey, ClientTransaction> _clients = new(new TransactionKeyComparer());
    private readonly Dictionary<TransactionKey, ServerTransaction> _initial = new(new TransactionKeyComparer());
    private readonly Dictionary<SipFlow, Transaction> _onFlow = [];
    private readonly Dictionary<TransactionKey, ServerTransaction>.AlternateLookup<SoughtKey> _serversSought;
    private readonly Dictionary<TransactionKey, ClientTransaction>.AlternateLookup<SoughtKey> _clientsSought;

    public TransactionTable()
    {
        _serversSought = _servers.GetAlternateLookup<SoughtKey>();
        _clientsSought = _clients.GetAlternateLookup<SoughtKey>();
    }

    public int Servers => _servers.Count;

    public int Clients => _clients.Count;

    public bool TryFindServer(SoughtKey key, [NotNullWhen(true)] out ServerTransaction? transaction)
    {
        transaction = null;
        // Refreshes have no transactions: while nothing else goes on there is no need to hash a key.
        return _servers.Count > 0 && _serversSought.TryGetValue(key, out transaction);
    }

    public bool TryFindClient(SoughtKey key, [NotNullWhen(true)] out ClientTransaction? transaction)
    {
        transaction = null;
        return _clients.Count > 0 && _clientsSought.TryGetValue(key, out transaction);
    }

    public void Add(ServerTransaction transaction)
    {
        _servers.Add(transaction.Key, transaction);
        // A datagram that came says nothing about the way back: only a connection ends with what came on it.
        if (transaction.Flow.IsReliable)
            Attach(transaction, transaction.Flow);
    }

    public void Add(ClientTransaction transaction)
    {
        _clients.Add(transaction.Key, transaction);
        Attach(transaction, transaction.Flow);
    }

    /// <summary>False when another transaction of the same request exists.</summary>
    public bool TryMarkInitial(ServerTransaction transaction, TransactionKey mergeKey)
    {
        if (!_initial.TryAdd(mergeKey, transaction))
            return false;

        transaction.MergeKey = mergeKey;
        return true;
    }

    public void Remove(ServerTransaction transaction)
    {
        _servers.Remove(transaction.Key);
        if (transaction.MergeKey is { } mergeKey)
            _initial.Remove(mergeKey);
        Detach(transaction);
    }

    public void Remove(ClientTransaction transaction)
    {
        _clients.Remove(transaction.Key);
        Detach(transaction);
    }

    /// <summary>The transactions on a connection, or the client transactions to a UDP peer, as they are now.</summary>
    public IReadOnlyCollection<Transaction> OnFlow(SipFlow flow)
    {
        if (!_onFlow.TryGetValue(flow, out var transaction))
            return [];

        var all = new List<Transaction>();
        for (; transaction is not null; transaction = transaction.NextOnFlow)
            all.Add(transaction);
        return all;
    }

    /// <summary>The answers to a transaction go another way, so its ACK comes by that; <paramref name="key"/> says how it is found then.</summary>
    public void Move(ServerTransaction transaction, SipFlow way, SoughtKey key)
    {
        Detach(transaction);
        if (way.IsReliable)
            Attach(transaction, way);
        if (_serversSought.ContainsKey(key))
            return;

        _servers.Remove(transaction.Key);
        transaction.Key = key.ToKey();
        _servers.Add(transaction.Key, transaction);
    }

    /// <summary>The INVITEs whose answers go by datagrams to one of these peers, as they are now.</summary>
    public IReadOnlyCollection<InviteServerTransaction> InvitesFrom(HashSet<SipFlow> peers) =>
        [.. _servers.Values.OfType<InviteServerTransaction>().Where(invite => !invite.Reply.IsReliable && peers.Contains(invite.Reply))];

    private void Attach(Transaction transaction, SipFlow flow)
    {
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_onFlow, flow, out _);
        transaction.NextOnFlow = first;
        first?.PreviousOnFlow = transaction;
        transaction.ListedFlow = flow;
        first = transaction;
    }

    private void Detach(Transaction transaction)
    {
        if (transaction.ListedFlow is not { } flow)
            return;

        var (previous, next) = (transaction.PreviousOnFlow, transaction.NextOnFlow);
        next?.PreviousOnFlow = previous;
        if (previous is not null)
            previous.NextOnFlow = next;
        else if (next is not null)
            _onFlow[flow] = next;
        else
            _onFlow.Remove(flow);

        transaction.ListedFlow = null;
        transaction.NextOnFlow = transaction.PreviousOnFlow = null;
    }
}
