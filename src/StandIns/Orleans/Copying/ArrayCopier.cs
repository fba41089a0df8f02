namespace Orleans.Copying;

internal sealed class ArrayCopier<T> : TrackedCopier<T[]>
{
    private readonly Copier<T> _element = Copiers.Slot<T>();

    protected override T[] CopyNew(T[] value, CopyScope scope)
    {
        if (value.GetType() != typeof(T[]))
            return (T[])Copiers.Exact(value.GetType()).CopyObject(value, scope)!;

        if (_element.IsAtom)
            return Remember(value, (T[])value.Clone(), scope);

        var copy = Remember(value, new T[value.Length], scope);
        for (var i = 0; i < copy.Length; i++)
            copy[i] = _element.Copy(value[i], scope);

        return copy;
    }

    private static T[] Remember(T[] original, T[] copy, CopyScope scope)
    {
        scope.Record(original, copy);
        return copy;
    }
}
