namespace Orleans.Copying;

/// <summary>A mutable class: each instance is copied once per scope.</summary>
internal abstract class TrackedCopier<T> : Copier<T> where T : class
{
    public sealed override T Copy(T value, CopyScope scope)
    {
        if (value is null)
            return null!;

        if (scope.TryGetCopy(value, out var copy))
            return copy;

        return CopyNew(value, scope);
    }

    protected abstract T CopyNew(T value, CopyScope scope);
}
