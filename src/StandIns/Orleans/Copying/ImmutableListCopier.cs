using System.Collections.Immutable;

namespace Orleans.Copying;

internal sealed class ImmutableListCopier<T> : TrackedCopier<ImmutableList<T>>
{
    private readonly Copier<T> _element = Copiers.Slot<T>();

    protected override ImmutableList<T> CopyNew(ImmutableList<T> value, CopyScope scope) =>
        _element.IsAtom || (_element.IsImmutable && !scope.IsBetweenSilos)
            ? value
            : value.ConvertAll(element => _element.Copy(element, scope));
}
