using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>The transactions of a layer by their keys, and those on connections by connection.</summary>
internal sealed class TransactionTable
{
    private readonly Dictionary<byte[], ServerTransaction> _servers = new(new SpanKeyComparer());
    private readonly Dictionary<byte[], ClientTransaction> _clients = new(new SpanKeyComparer());
    private readonly Dictionary<byte[], ServerTransaction> _initial = new(new SpanKeyComparer());
    private readonly Dictionary<SipFlow, HashSet<Transaction>> _onConnection = [];

    public int Servers => _servers.Count;

    public int Clients => _clients.Count;

    public bool TryFindServer(ReadOnlySpan<byte> key, [NotNullWhen(true)] out ServerTransaction? transaction) =>
        _servers.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out transaction);

    public bool TryFindClient(ReadOnlySpan<byte> key, [NotNullWhen(true)] out ClientTransaction? transaction) =>
        _clients.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out transaction);

    public void Add(ServerTransaction transaction)
    {
        _servers.Add(transaction.Key, transaction);
        Attach(transaction);
    }

    public void Add(ClientTransaction transaction)
    {
        _clients.Add(transaction.Key, transaction);
        Attach(transaction);
    }

    /// <summary>False when another transaction of the same request exists.</summary>
    public bool TryMarkInitial(ServerTransaction transaction, byte[] mergeKey)
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

    /// <summary>The transactions on a connection, which are then no longer attached to it.</summary>
    public IReadOnlyCollection<Transaction> TakeOnFlow(SipFlow flow) =>
        _onConnection.Remove(flow, out var transactions) ? transactions : [];

    private void Attach(Transaction transaction)
    {
        if (!transaction.Flow.IsReliable)
            return;

        if (!_onConnection.TryGetValue(transaction.Flow, out var transactions))
            _onConnection[transaction.Flow] = transactions = [];
        transactions.Add(transaction);
    }

    private void Detach(Transaction transaction)
    {
        if (!transaction.Flow.IsReliable || !_onConnection.TryGetValue(transaction.Flow, out var transactions))
            return;

        transactions.Remove(transaction);
        if (transactions.Count == 0)
            _onConnection.Remove(transaction.Flow);
    }
}
