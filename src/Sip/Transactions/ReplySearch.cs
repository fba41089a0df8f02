namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// Looks for another way for the answers to a request whose own is gone, and keeps the latest of them meanwhile. There is none for a transaction
/// whose way stays.
/// </summary>
internal sealed class ReplySearch(TransactionLayer layer, ServerTransaction transaction, IReturnPath path)
{
    /// <summary>Ways of one transaction that are tried: a peer whose servers all close what they accepted is left alone.</summary>
    private const int MaxWays = 4;

    private byte[] _waiting = [];
    private int _tried;
    private bool _isOver;

    /// <summary>Whether answers wait for its outcome.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Keeps an answer for the way that is found; an earlier one is out of date by it.</summary>
    public bool Keep(ReadOnlySpan<byte> response)
    {
        _waiting = response.ToArray();
        return true;
    }

    /// <summary>Begins, or goes on after a way that was lost again; false when no other is left.</summary>
    /// <param name="response">What could not be sent; empty for nothing yet.</param>
    public bool Begin(ReadOnlySpan<byte> response)
    {
        if (_isOver || !layer.TryBeginSearch(Run))
            return false;

        _waiting = response.ToArray();
        IsUnderWay = true;
        return true;
    }

    private async Task Run()
    {
        try
        {
            _isOver = !await HasFoundWay();
        }
        finally
        {
            layer.EndSearch();
            IsUnderWay = false;
        }

        if (_isOver)
            transaction.OnNoWay();
    }

    private async Task<bool> HasFoundWay()
    {
        try
        {
            using var deadline = new CancellationTokenSource(layer.Timers.Timeout, layer.Loop.Time);
            while (_tried++ < MaxWays && await path.Next(deadline.Token) is { } way)
            {
                // Meanwhile nobody may wait for an answer any more.
                if ((transaction.IsOver && _waiting.Length == 0) || transaction.Take(way, _waiting))
                    return true;
            }
        }
        catch (OperationCanceledException)
        {
            // As good as no way: whoever sent the request has given up by now.
        }

        return false;
    }
}
