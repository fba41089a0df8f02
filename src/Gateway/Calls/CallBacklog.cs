using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Gateway.Calls;

/// <summary>What of one call waits to be written, in order. Thread-safe.</summary>
internal sealed class CallBacklog<T>
{
    private readonly Queue<T> _entries = new();
    private bool _hasBegun;
    private bool _isOver;

    /// <summary>Adds behind what waits; false when this backlog was emptied and is over.</summary>
    /// <param name="entry">What is to be written.</param>
    /// <param name="isFirst">Whether it is the first of all, so that somebody has to begin to write.</param>
    public bool TryAdd(T entry, out bool isFirst)
    {
        lock (_entries)
        {
            isFirst = !_hasBegun;
            if (_isOver)
                return false;

            _hasBegun = true;
            _entries.Enqueue(entry);
            return true;
        }
    }

    /// <summary>The entry to write now; false when all is written, after which this backlog is over.</summary>
    public bool TryPeek([MaybeNullWhen(false)] out T entry)
    {
        lock (_entries)
        {
            _isOver = !_entries.TryPeek(out entry);
            return !_isOver;
        }
    }

    /// <summary>The first entry is written.</summary>
    public void RemoveFirst()
    {
        lock (_entries)
            _entries.Dequeue();
    }
}
