using Orleans.Silos;

namespace Orleans.Copying;

/// <summary>One copying: where to, and what was copied already, so that shared objects stay shared.</summary>
internal sealed class CopyScope(Silo? destination)
{
    private const int FewCopies = 6;

    private (object Original, object Copy)[]? _few;
    private int _count;
    private Dictionary<object, object>? _many;

    /// <summary>The silo the copy is for, or null when the value stays within its silo.</summary>
    public Silo? Destination { get; } = destination;

    public bool IsBetweenSilos => Destination is not null;

    public bool TryGetCopy<T>(T original, out T copy) where T : class
    {
        copy = (Find(original) as T)!;
        return copy is not null;
    }

    public void Record(object original, object copy)
    {
        if (_many is null && _count < FewCopies)
        {
            _few ??= new (object, object)[FewCopies];
            _few[_count++] = (original, copy);
            return;
        }

        // Most requests carry a handful of objects: a dictionary is made only for the others.
        _many ??= new(ReferenceEqualityComparer.Instance);
        _many[original] = copy;
    }

    private object? Find(object original)
    {
        for (var i = 0; i < _count; i++)
            if (ReferenceEquals(_few![i].Original, original))
                return _few[i].Copy;

        return _many?.GetValueOrDefault(original);
    }
}
