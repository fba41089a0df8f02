namespace Orleans.Copying;

/// <summary>A type whose values are shared freely.</summary>
internal sealed class AtomCopier<T> : Copier<T>
{
    public override bool IsAtom => true;

    public override T Copy(T value, CopyScope scope) => value;
}
