using System.Collections.Immutable;

namespace Orleans.Copying;

internal sealed class ImmutableDictionaryCopier<TKey, TValue> : TrackedCopier<ImmutableDictionary<TKey, TValue>>
    where TKey : notnull
{
    private readonly Copier<TKey> _key = Copiers.Slot<TKey>();
    private readonly Copier<TValue> _value = Copiers.Slot<TValue>();

    protected override ImmutableDictionary<TKey, TValue> CopyNew(ImmutableDictionary<TKey, TValue> value, CopyScope scope)
    {
        var shared = scope.IsBetweenSilos ? _key.IsAtom && _value.IsAtom : _key.IsImmutable && _value.IsImmutable;
        return shared
            ? value
            : value.ToImmutableDictionary(
                entry => _key.Copy(entry.Key, scope),
                entry => _value.Copy(entry.Value, scope),
                value.KeyComparer,
                value.ValueComparer);
    }
}
