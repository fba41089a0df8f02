namespace Orleans.Copying;

/// <summary>Copies values of one type, untyped.</summary>
internal abstract class Copier
{
    /// <summary>Whether a value never needs copying, not even between silos.</summary>
    public virtual bool IsAtom => false;

    /// <summary>Whether a value needs no copy within a silo.</summary>
    public virtual bool IsImmutable => IsAtom;

    public abstract object? CopyObject(object? value, CopyScope scope);
}
