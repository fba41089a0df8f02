namespace Orleans.Copying;

/// <summary>A member or parameter marked [Immutable]: shared within a silo, whatever its type.</summary>
internal sealed class ImmutableSlotCopier<T>(Copier<T> inner) : Copier<T>
{
    public override bool IsImmutable => true;

    public override T Copy(T value, CopyScope scope) => scope.IsBetweenSilos ? inner.Copy(value, scope) : value;
}
