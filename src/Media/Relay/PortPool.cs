using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Media.Relay;

/// <summary>
/// Port pairs of one address and one loop: a small stock is open in advance. Released ones that had traffic rest before they are used
/// again, so that what still comes finds no other call; silent ones, such as those of phones that rang in vain, stay open for the
/// next call.
/// </summary>
/// <remarks>Thread-safe; used when calls begin and end, never by the packet path.</remarks>
internal sealed class PortPool : IDisposable
{
    /// <summary>Silent pairs of all loops that stay open at most: two descriptors each.</summary>
    private const int MaxOpenOfAll = 1024;

    private readonly Lock _lock = new();

    // One opener at a time, so that no port is in another's hand when a call finds none left.
    private readonly Lock _opening = new();
    private readonly Queue<int> _free;
    private readonly List<PortPair> _stock = [];
    private readonly Queue<(int RtpPort, long Since)> _quarantine = new();

    // By place in the range, so that whether a port is in use is one read.
    private readonly PortPair?[] _inUse;
    private readonly PortRange _range;
    private readonly IPAddress _address;
    private readonly int _stockPairs;
    private readonly TimeSpan _rest;
    private readonly TimeProvider _clock;
    private readonly DescriptorBudget _budget;
    private volatile bool _isOutOfFiles;
    private int _inUseCount;
    private bool _isRefilling;
    private bool _isClosed;

    public PortPool(
        IPAddress address, PortRange range, RelayOptions options, TimeProvider clock, RelayLoop loop, DescriptorBudget? budget = null)
    {
        _budget = budget ?? new DescriptorBudget(long.MaxValue);
        _address = address;
        _range = range;
        _stockPairs = range.ShareOf(options.StockPairs);
        MaxOpen = Math.Max(_stockPairs, range.ShareOf((int)Math.Min(MaxOpenOfAll, _budget.Pairs / 4)));
        _rest = options.PortQuarantine;
        _clock = clock;
        Loop = loop;

        // Random order: a stranger cannot tell the next call's port from this one's.
        var ports = range.ToArray();
        Random.Shared.Shuffle(ports);
        _free = new Queue<int>(ports);
        _inUse = new PortPair?[ports.Length];
    }

    public IPAddress Address => _address;

    /// <summary>The loop that watches all of them.</summary>
    public RelayLoop Loop { get; }

    /// <summary>Silent pairs that stay open at most.</summary>
    public int MaxOpen { get; init; }

    /// <summary>Whether the last pair that was wanted could not be opened since the process may not open as many files.</summary>
    public bool IsOutOfFiles => _isOutOfFiles;

    /// <summary>How many pairs neither are in use nor rest.</summary>
    public int Available => Counts.Available;

    public PortPoolCounts Counts
    {
        get
        {
            lock (_lock)
            {
                EndQuarantines();
                return new PortPoolCounts(_inUse.Length, _inUseCount, _stock.Count, _quarantine.Count);
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

    /// <summary>Keeps a pair open that nothing was sent to nor from, for the next call.</summary>
    /// <returns>Whether it is kept; if not, it is to be returned.</returns>
    public bool TryKeep(PortPair pair)
    {
        lock (_lock)
        {
            // Spoilt before this: nobody would take it out of the stock.
            if (_isClosed || pair.IsSpoilt || _stock.Count >= MaxOpen)
                return false;

            EndUse(pair);
            _stock.Add(pair);
            return true;
        }
    }

    /// <summary>Takes a pair back that is not to be kept; it is closed as soon as the loop is quiet.</summary>
    public void Return(PortPair pair)
    {
        pair.Unwatch();
        if (Loop.IsQuiet())
            pair.Close();
        else
            Loop.Post(pair.Close);
    }

    /// <summary>Takes a pair out of the stock to which something came; one that a call has by now is closed after it.</summary>
    public void Drop(PortPair pair)
    {
        lock (_lock)
        {
            if (!_stock.Remove(pair))
                return;

            BeginUse(pair);
        }

        Return(pair);
    }

    /// <summary>Closes a pair whose loop is done with it; it rests if it had traffic.</summary>
    public void Close(PortPair pair)
    {
        pair.Dispose();
        _budget.GiveBackPair();
        lock (_lock)
        {
            EndUse(pair);
            if (pair.IsSilent)
                _free.Enqueue(pair.RtpPort);
            else
                _quarantine.Enqueue((pair.RtpPort, _clock.GetTimestamp()));
        }
    }

    /// <summary>Whether a leg has this port now.</summary>
    public bool IsInUse(int port) => _range.TryPlace(port, out var place) && Volatile.Read(ref _inUse[place]) is not null;

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
        // No port is just being opened, and none is from now on.
        lock (_opening)
        {
            lock (_lock)
            {
                _isClosed = true;
                _stock.ForEach(static pair => pair.Dispose());
                _stock.Clear();
                foreach (var pair in _inUse)
                    pair?.Dispose();
            }
        }
    }

    private void BeginUse(PortPair pair)
    {
        _ = _range.TryPlace(pair.RtpPort, out var place);
        Volatile.Write(ref _inUse[place], pair);
        _inUseCount++;
    }

    private void EndUse(PortPair pair)
    {
        _ = _range.TryPlace(pair.RtpPort, out var place);
        Volatile.Write(ref _inUse[place], null);
        _inUseCount--;
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
        BeginUse(pair);
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
        pair = null;
        _isOutOfFiles = !_budget.TryTakePair();
        if (_isOutOfFiles)
            return false;

        if (TryOpenAny(forStock, out pair))
            return true;

        _budget.GiveBackPair();
        return false;
    }

    private bool TryOpenAny(bool forStock, [NotNullWhen(true)] out PortPair? pair)
    {
        // No port is tried twice, however short the rest of those that were taken.
        for (var attempt = 0; attempt < _inUse.Length && TryTakeFree(out var port); attempt++)
        {
            pair = FindOpened(port, out var isTaken);
            lock (_lock)
            {
                if (pair is null)
                    _quarantine.Enqueue((port, _clock.GetTimestamp()));
                else if (forStock)
                    _stock.Add(pair);
                else
                    BeginUse(pair);
            }

            if (pair is not null)
                return true;

            // Out of descriptors or of the address: the other ports would fail alike.
            if (!isTaken)
                return false;
        }

        pair = null;
        return false;
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
        PortPair? pair = null;
        try
        {
            isTaken = false;
            rtp = MediaSocket.Open(_address, port);
            pair = new PortPair(this, port, rtp, MediaSocket.Open(_address, port + 1));
            pair.Watch();
            return pair;
        }
        catch (Win32Exception refused)
        {
            pair?.Unwatch();
            pair?.Dispose();
            rtp?.Dispose();
            isTaken = refused is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AccessDenied };
            _isOutOfFiles = refused is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets };
            return null;
        }
    }
}
