namespace TekSipCloud.Sip.Transactions;

/// <summary>The pages by number, so that the index holds no references that a collector would have to follow.</summary>
internal sealed class FinishedPages
{
    private const int SmallestPage = 8 * 1024;

    // Above the collector's limit for large objects, so that a page is never copied.
    private const int LargestPage = 256 * 1024;

    // 16 MB: a busy quarter of a minute leaves so much at once, and pages made anew each time would make the collector look at everything.
    private const int MostSpares = 64;

    private readonly Stack<int> _free = new();
    private readonly Stack<FinishedPage> _spares = new();
    private FinishedPage?[] _pages = new FinishedPage?[8];
    private int _next = 1;

    public FinishedPage this[int number] => _pages[number]!;

    /// <summary>An empty page with room for a record; a bigger one the more is held already.</summary>
    /// <returns>Its number, from 1 on.</returns>
    public int Add(int length, long held)
    {
        if (!_spares.TryPop(out var page) || !page.HasRoom(length))
            page = new FinishedPage((int)Math.Max(Math.Clamp(held, SmallestPage, LargestPage), length));
        if (!_free.TryPop(out var number))
            number = _next++;
        if (number == _pages.Length)
            Array.Resize(ref _pages, number * 2);
        _pages[number] = page;
        return number;
    }

    /// <summary>Takes a page back whose records are gone.</summary>
    public void Remove(int number)
    {
        var page = _pages[number]!;
        _pages[number] = null;
        _free.Push(number);
        page.Clear();
        // What the oldest give up the next ones need; the page of a giant is for nobody else.
        if (_spares.Count < MostSpares && page.Size <= LargestPage)
            _spares.Push(page);
    }
}
