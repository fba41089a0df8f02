namespace Orleans.Copying;

/// <summary>Copies values of one type.</summary>
internal abstract class Copier<T> : Copier
{
    public abstract T Copy(T value, CopyScope scope);

    public sealed override object? CopyObject(object? value, CopyScope scope) => Copy((T)value!, scope);
}
