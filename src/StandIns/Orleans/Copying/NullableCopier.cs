namespace Orleans.Copying;

internal sealed class NullableCopier<T> : Copier<T?> where T : struct
{
    private readonly Copier<T> _value = Copiers.Slot<T>();

    public override bool IsAtom => _value.IsAtom;

    public override bool IsImmutable => _value.IsImmutable;

    public override T? Copy(T? value, CopyScope scope) =>
        value is { } present ? _value.Copy(present, scope) : null;
}
