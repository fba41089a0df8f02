namespace Orleans.Copying;

/// <summary>A structure, copied member by member.</summary>
internal sealed class StructureCopier<T>(List<SerializableMember> members, bool isImmutable) : Copier<T> where T : struct
{
    private readonly MemberPlan<T> _members = new(members);

    public override bool IsImmutable => isImmutable;

    public override T Copy(T value, CopyScope scope)
    {
        if (isImmutable && !scope.IsBetweenSilos)
            return value;

        var copy = default(T);
        _members.Copy(ref value, ref copy, scope);
        return copy;
    }
}
