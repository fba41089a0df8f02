namespace Orleans.Copying;

/// <summary>A declared type whose values may be of a derived one.</summary>
internal sealed class PolymorphicCopier<T> : Copier<T> where T : class?
{
    public override T Copy(T value, CopyScope scope) =>
        value is null ? value : (T)Copiers.Exact(value.GetType()).CopyObject(value, scope)!;
}
