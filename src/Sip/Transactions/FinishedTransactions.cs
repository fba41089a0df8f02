namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// What is left of transactions that are over until the network can bring no more of them: a key and what to say, packed into pages of bytes, so
/// that neither a timer nor an object is kept for each. Used on the loop; the counts may be read elsewhere.
/// </summary>
internal sealed class FinishedTransactions
{
    private readonly int[] _counts = new int[Enum.GetValues<FinishedKind>().Length];
    private readonly FinishedPages _pages = new();
    private readonly FinishedIndex _index;
    private readonly FinishedQueue _short;
    private readonly FinishedQueue _long;
    private readonly long _shortLife;
    private readonly long _maxBytes;
    private long _bytes;
    private long _letGo;

    /// <summary>Makes an empty store.</summary>
    /// <param name="shortLife">Records that live no longer have a queue of their own, so that they need not wait for the others.</param>
    /// <param name="maxBytes">Bytes that all records may have; those that end next are let go early for a new one.</param>
    public FinishedTransactions(TimeSpan shortLife, long maxBytes)
    {
        _index = new FinishedIndex(_pages);
        _short = new FinishedQueue(_pages);
        _long = new FinishedQueue(_pages);
        _shortLife = shortLife.Ticks;
        _maxBytes = maxBytes;
    }

    /// <summary>Bytes of all records.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Records let go before their time for want of room.</summary>
    public long LetGo => Volatile.Read(ref _letGo);

    /// <summary>When the next record ends; <see cref="long.MaxValue"/> for none.</summary>
    public long FirstDue => Math.Min(_short.FirstDue, _long.FirstDue);

    /// <summary>Whether there is no record: most of the time of a mere registrar.</summary>
    public bool IsEmpty => _index.Count == 0;

    /// <summary>How many records of a kind there are.</summary>
    public int Count(FinishedKind kind) => Volatile.Read(ref _counts[(int)kind]);

    /// <summary>Finds the record of a key, if its time is not over.</summary>
    public bool TryFind(ulong hash, ReadOnlySpan<byte> key, long now, out FinishedTransaction record)
    {
        var isFound = _index.TryFind(hash, key, now, out var place);
        record = isFound ? _pages[place.Page].Read(place.Offset) : default;
        return isFound;
    }

    /// <summary>Whether there is a record of the key.</summary>
    public bool Contains(ulong hash, ReadOnlySpan<byte> key, long now) => _index.TryFind(hash, key, now, out _);

    /// <summary>Adds a record. An older one of the same key must be over.</summary>
    /// <param name="hash">The key's, of all 64 bits.</param>
    /// <param name="key">The whole key.</param>
    /// <param name="now">Ticks of the loop's time.</param>
    /// <param name="due">When it is over.</param>
    /// <param name="record">What is kept; copied.</param>
    public void Add(ulong hash, ReadOnlySpan<byte> key, long now, long due, in FinishedTransaction record)
    {
        var length = FinishedPage.LengthOf(key.Length, record);
        while (_bytes + length > _maxBytes && _index.Count > 0)
        {
            RemoveNext();
            Volatile.Write(ref _letGo, _letGo + 1);
        }

        var queue = due - now <= _shortLife ? _short : _long;
        _index.Add(hash, queue.Append(hash, due, key, record, _bytes));
        Note(record.Kind, 1, length);
    }

    /// <summary>Lets go what is over.</summary>
    public void Sweep(long now)
    {
        while (FirstDue <= now)
            RemoveNext();
    }

    private void RemoveNext()
    {
        var queue = _short.FirstDue <= _long.FirstDue ? _short : _long;
        var (page, offset) = queue.First;
        ref readonly var header = ref _pages[page].At(offset);
        var (hash, kind) = (header.Hash, header.Kind);
        _index.Remove(hash, (page, offset));
        Note(kind, -1, -queue.RemoveFirst());
    }

    private void Note(FinishedKind kind, int count, int bytes)
    {
        Volatile.Write(ref _counts[(int)kind], _counts[(int)kind] + count);
        Volatile.Write(ref _bytes, _bytes + bytes);
    }
}
