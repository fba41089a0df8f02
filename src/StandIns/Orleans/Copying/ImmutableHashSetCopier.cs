using System.Collections.Immutable;

namespace Orleans.Copying;

internal sealed class ImmutableHashSetCopier<T> : TrackedCopier<ImmutableHashSet<T>>
{
    private readonly Copier<T> _element = Copiers.Slot<T>();

    protected override ImmutableHashSet<T> CopyNew(ImmutableHashSet<T> value, CopyScope scope) =>
        _element.IsAtom || (_element.IsImmutable && !scope.IsBetweenSilos)
            ? value
            : ImmutableHashSet.CreateRange(value.KeyComparer, value.Select(element => _element.Copy(element, scope)));
}
