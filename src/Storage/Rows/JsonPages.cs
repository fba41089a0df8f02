using System.Buffers;

namespace TekSipCloud.Storage.Rows;

/// <summary>JSON of many values in rented memory, where each stays until this is disposed. Not thread-safe.</summary>
internal sealed class JsonPages : IBufferWriter<byte>, IDisposable
{
    private const int PageBytes = 128 * 1024;

    private readonly List<byte[]> _pages = [];
    private byte[] _page = [];
    private int _start;
    private int _end;

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
        _page = [];
    }

    // A value lies on one page: what there is of it comes along.
    private void Turn(int sizeHint)
    {
        var begun = _page.AsSpan(_start.._end);
        var next = ArrayPool<byte>.Shared.Rent(Math.Max(PageBytes, (begun.Length * 2) + sizeHint));
        begun.CopyTo(next);
        _pages.Add(next);
        (_page, _start, _end) = (next, 0, begun.Length);
    }
}
