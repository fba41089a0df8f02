namespace TekSipCloud.Sip.Transactions;

/// <summary>Records that live equally long, in order of time.</summary>
internal sealed class FinishedQueue(FinishedPages pages)
{
    private readonly Queue<int> _numbers = new();
    private int _last;

    /// <summary>When the oldest record ends; <see cref="long.MaxValue"/> for none.</summary>
    public long FirstDue => _numbers.TryPeek(out var number) ? pages[number].At(pages[number].First).Due : long.MaxValue;

    /// <summary>Where the oldest record is.</summary>
    public (int Page, int Offset) First => (_numbers.Peek(), pages[_numbers.Peek()].First);

    /// <summary>Adds a record that ends later than those before it, or not much earlier: it is let go after them.</summary>
    /// <returns>Where it is.</returns>
    public (int Page, int Offset) Append(ulong hash, long due, ReadOnlySpan<byte> key, in FinishedTransaction record, long held)
    {
        var length = FinishedPage.LengthOf(key.Length, record);
        if (_numbers.Count == 0 || !pages[_last].HasRoom(length))
            _numbers.Enqueue(_last = pages.Add(length, held));
        return (_last, pages[_last].Append(hash, due, key, record));
    }

    /// <summary>Lets the oldest record go.</summary>
    /// <returns>Its length.</returns>
    public int RemoveFirst()
    {
        var number = _numbers.Peek();
        var page = pages[number];
        var length = page.RemoveFirst();
        if (page.First == page.End)
            pages.Remove(_numbers.Dequeue());
        return length;
    }
}
