using System.Collections.Immutable;

namespace Orleans.Copying;

internal sealed class ImmutableArrayCopier<T> : Copier<ImmutableArray<T>>
{
    private readonly Copier<T> _element = Copiers.Slot<T>();

    public override bool IsAtom => _element.IsAtom;

    public override bool IsImmutable => _element.IsImmutable;

    public override ImmutableArray<T> Copy(ImmutableArray<T> value, CopyScope scope)
    {
        if (value.IsDefaultOrEmpty || IsAtom || (IsImmutable && !scope.IsBetweenSilos))
            return value;

        var copy = ImmutableArray.CreateBuilder<T>(value.Length);
        foreach (var element in value)
            copy.Add(_element.Copy(element, scope));

        return copy.MoveToImmutable();
    }
}
