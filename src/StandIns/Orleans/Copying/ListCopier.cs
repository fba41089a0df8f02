namespace Orleans.Copying;

internal sealed class ListCopier<T> : TrackedCopier<List<T>>
{
    private readonly Copier<T> _element = Copiers.Slot<T>();

    protected override List<T> CopyNew(List<T> value, CopyScope scope)
    {
        var copy = new List<T>(value.Count);
        scope.Record(value, copy);
        foreach (var element in value)
            copy.Add(_element.Copy(element, scope));

        return copy;
    }
}
