namespace Orleans.Copying;

internal sealed class HashSetCopier<T> : TrackedCopier<HashSet<T>>
{
    private readonly Copier<T> _element = Copiers.Slot<T>();

    protected override HashSet<T> CopyNew(HashSet<T> value, CopyScope scope)
    {
        var copy = new HashSet<T>(value.Count, value.Comparer);
        scope.Record(value, copy);
        foreach (var element in value)
            copy.Add(_element.Copy(element, scope));

        return copy;
    }
}
