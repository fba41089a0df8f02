using System.Buffers;

namespace TekSipCloud.Storage.Rows;

/// <summary>JSON of many values, each in one piece. Not thread-safe.</summary>
/// <param name="isKept">Whether values stay for as long as somebody has them, rather than in rented memory until this is disposed.</param>
internal sealed class JsonPages(bool isKept = false) : IBufferWriter<byte>, IDisposable
{
    private const int PageBytes = 128 * 1024;

    /// <summary>Smaller than what only a full collection takes back.</summary>
    private const int KeptPageBytes = 64 * 1024;

    private readonly List<byte[]> _pages = [];
    private readonly List<ReadOnlyMemory<byte>> _full = [];
    private byte[] _page = [];
    private int _start;
    private int _end;

    /// <summary>All that is written, one after the other.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Written => [.. _full, _page.AsMemory(0, _end)];

    /// <summary>Writes a value.</summary>
    public ReadOnlyMemory<byte> Write<T>(T value, WriteJson<T> write)
    {
        _start = _end;
        var json = new JsonText(this);
        write(ref json, value);
        json.Flush();
        return _page.AsMemory(_start, _end - _start);
    }

    public void Advance(int count) => _end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_page.Length - _end < Math.Max(sizeHint, 1))
            Turn(sizeHint);
        return _page.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        foreach (var page in _pages)
            ArrayPool<byte>.Shared.Return(page);
        _pages.Clear();
        _full.Clear();
        _page = [];
    }

    // A value lies on one page: what there is of it comes along.
    private void Turn(int sizeHint)
    {
        var begun = _page.AsSpan(_start.._end);
        var next = Begin((begun.Length * 2) + sizeHint);
        begun.CopyTo(next);
        if (_start > 0)
            _full.Add(_page.AsMemory(0, _start));
        (_page, _start, _end) = (next, 0, begun.Length);
    }

    private byte[] Begin(int least)
    {
        if (isKept)
            return GC.AllocateUninitializedArray<byte>(Math.Max(KeptPageBytes, least));

        var page = ArrayPool<byte>.Shared.Rent(Math.Max(PageBytes, least));
        _pages.Add(page);
        return page;
    }
}
