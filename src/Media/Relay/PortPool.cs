using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Media.Relay;

/// <summary>
/// Port pairs of one address: a small stock is open in advance. Released ones that had traffic rest before they are used again, so that
/// what still comes finds no other call; silent ones, such as those of phones that rang in vain, stay open for the next call.
/// </summary>
/// <remarks>Thread-safe; used when calls begin and end, never by the packet path.</remarks>
internal sealed class PortPool : IDisposable
{
    /// <summary>Silent pairs that stay open at most: two descriptors each.</summary>
    private const int MaxOpen = 256;

    private readonly Lock _lock = new();

    // One opener at a time, so that no port is in another's hand when a call finds none left.
    private readonly Lock _opening = new();
    private readonly Queue<int> _free;
    private readonly List<PortPair> _stock = [];
    private readonly Queue<(int RtpPort, long Since)> _quarantine = new();
    private readonly HashSet<int> _inUse = [];
    private readonly IPAddress _address;
    private readonly int _stockPairs;
    private readonly TimeSpan _rest;
    private readonly TimeProvider _clock;
    private readonly int _total;
    private bool _isRefilling;
    private bool _isClosed;

    public PortPool(IPAddress address, RelayOptions options, TimeProvider clock)
    {
        _address = address;
        _stockPairs = options.StockPairs;
        _rest = options.PortQuarantine;
        _clock = clock;

        // Random order: a stranger cannot tell the next call's port from this one's.
        var first = options.FirstPort + (options.FirstPort & 1);
        var ports = Enumerable.Range(0, Math.Max(0, (options.LastPort - first + 1) / 2)).Select(i => first + 2 * i).ToArray();
        Random.Shared.Shuffle(ports);
        _free = new Queue<int>(ports);
        _total = ports.Length;
    }

    public IPAddress Address => _address;

    public PortPoolCounts Counts
    {
        get
        {
            lock (_lock)
            {
                EndQuarantines();
                return new PortPoolCounts(_total, _inUse.Count, _stock.Count, _quarantine.Count);
            }
        }
    }

    /// <summary>Takes a pair; false when none is left.</summary>
    public bool TryRent([NotNullWhen(true)] out PortPair? pair)
    {
        bool isLow;
        lock (_lock)
        {
            _ = TryTakeStock(out pair);
            isLow = _stock.Count < (_stockPairs + 1) / 2 && !_isRefilling && !_isClosed;
            _isRefilling |= isLow;
        }

        if (isLow)
            ThreadPool.UnsafeQueueUserWorkItem(static pool => pool.Refill(), this, preferLocal: false);

        return pair is not null || TryOpenNow(out pair);
    }

    /// <summary>Takes a pair back that nothing was sent to nor from, for the next call; it must no longer be watched by a loop.</summary>
    /// <returns>Whether it was taken; if not, it is to be returned as one that had traffic.</returns>
    public bool TryReturnSilent(PortPair pair)
    {
        if (pair.HasPending)
            return false;

        lock (_lock)
        {
            if (_isClosed || _stock.Count >= MaxOpen || !_inUse.Remove(pair.RtpPort))
                return false;

            _stock.Add(pair);
            return true;
        }
    }

    /// <summary>Takes a pair back; it must no longer be watched by a loop.</summary>
    public void Return(PortPair pair)
    {
        pair.Dispose();
        lock (_lock)
        {
            if (_inUse.Remove(pair.RtpPort))
                _quarantine.Enqueue((pair.RtpPort, _clock.GetTimestamp()));
        }
    }

    /// <summary>Whether a leg has this port now.</summary>
    public bool IsInUse(int port)
    {
        lock (_lock)
            return _inUse.Contains(port & ~1);
    }

    /// <summary>Fills the stock; throws <see cref="SocketException"/> when the address is not one of this machine's.</summary>
    public void Open()
    {
        MediaSocket.Open(_address, 0).Dispose();
        Refill();
    }

    /// <summary>Opens pairs until the stock is full or the ports run out.</summary>
    public void Refill()
    {
        while (TryStockOne())
        {
        }

        lock (_lock)
            _isRefilling = false;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _stock.ForEach(static pair => pair.Dispose());
            _stock.Clear();
        }
    }

    // Any of them: who knows the ports of the last call shall not know those of the next.
    private bool TryTakeStock([NotNullWhen(true)] out PortPair? pair)
    {
        pair = null;
        if (_stock.Count == 0)
            return false;

        var at = Random.Shared.Next(_stock.Count);
        pair = _stock[at];
        _stock[at] = _stock[^1];
        _stock.RemoveAt(_stock.Count - 1);
        _inUse.Add(pair.RtpPort);
        return true;
    }

    private bool TryStockOne()
    {
        lock (_opening)
            return HasRoomInStock() && TryOpen(forStock: true, out _);
    }

    private bool TryOpenNow([NotNullWhen(true)] out PortPair? pair)
    {
        lock (_opening)
        {
            lock (_lock)
            {
                if (TryTakeStock(out pair))
                    return true;
            }

            return TryOpen(forStock: false, out pair);
        }
    }

    private bool HasRoomInStock()
    {
        lock (_lock)
            return !_isClosed && _stock.Count < _stockPairs;
    }

    private bool TryOpen(bool forStock, [NotNullWhen(true)] out PortPair? pair)
    {
        // No port is tried twice, however short the rest of those that were taken.
        for (var attempt = 0; attempt < _total && TryTakeFree(out var port); attempt++)
        {
            pair = FindOpened(port, out var isTaken);
            lock (_lock)
            {
                Settle(port, pair, forStock);
                if (pair is not null)
                    return true;
            }

            // Out of descriptors or of the address: the other ports would fail alike.
            if (!isTaken)
                return false;
        }

        pair = null;
        return false;
    }

    private void Settle(int port, PortPair? pair, bool forStock)
    {
        if (pair is null)
            _quarantine.Enqueue((port, _clock.GetTimestamp()));
        else if (forStock && !_isClosed)
            _stock.Add(pair);
        else if (!forStock)
            _inUse.Add(port);
        else
            pair.Dispose();
    }

    private bool TryTakeFree(out int port)
    {
        lock (_lock)
        {
            EndQuarantines();
            return _free.TryDequeue(out port) && !_isClosed;
        }
    }

    private void EndQuarantines()
    {
        while (_quarantine.TryPeek(out var oldest) && _clock.GetElapsedTime(oldest.Since) >= _rest)
            _free.Enqueue(_quarantine.Dequeue().RtpPort);
    }

    private PortPair? FindOpened(int port, out bool isTaken)
    {
        MediaSocket? rtp = null;
        try
        {
            isTaken = false;
            rtp = MediaSocket.Open(_address, port);
            return new PortPair(port, rtp, MediaSocket.Open(_address, port + 1));
        }
        catch (SocketException refused)
        {
            rtp?.Dispose();
            isTaken = refused.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
            return null;
        }
    }
}
