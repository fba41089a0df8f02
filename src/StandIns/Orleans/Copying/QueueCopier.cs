namespace Orleans.Copying;

internal sealed class QueueCopier<T> : TrackedCopier<Queue<T>>
{
    private readonly Copier<T> _element = Copiers.Slot<T>();

    protected override Queue<T> CopyNew(Queue<T> value, CopyScope scope)
    {
        var copy = new Queue<T>(value.Count);
        scope.Record(value, copy);
        foreach (var element in value)
            copy.Enqueue(_element.Copy(element, scope));

        return copy;
    }
}
