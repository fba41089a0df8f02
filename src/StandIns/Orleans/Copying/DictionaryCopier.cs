namespace Orleans.Copying;

internal sealed class DictionaryCopier<TKey, TValue> : TrackedCopier<Dictionary<TKey, TValue>> where TKey : notnull
{
    private readonly Copier<TKey> _key = Copiers.Slot<TKey>();
    private readonly Copier<TValue> _value = Copiers.Slot<TValue>();

    protected override Dictionary<TKey, TValue> CopyNew(Dictionary<TKey, TValue> value, CopyScope scope)
    {
        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        scope.Record(value, copy);
        foreach (var (key, item) in value)
            copy.Add(_key.Copy(key, scope), _value.Copy(item, scope));

        return copy;
    }
}
