using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Copying;

/// <summary>A class, copied member by member into a new instance; what has no [Id] is as the constructor left it.</summary>
internal sealed class ObjectCopier<T>(List<SerializableMember> members, bool isImmutable) : Copier<T> where T : class
{
    private readonly MemberPlan<T> _members = new(members);
    private readonly Func<T> _create = Creator();

    public override bool IsImmutable => isImmutable;

    public override T Copy(T value, CopyScope scope)
    {
        if (value is null || (isImmutable && !scope.IsBetweenSilos))
            return value!;

        if (scope.TryGetCopy(value, out var known))
            return known;

        var copy = _create();
        scope.Record(value, copy);
        _members.Copy(ref value, ref copy, scope);
        return copy;
    }

    private static Func<T> Creator()
    {
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return typeof(T).GetConstructor(any, []) is { IsPrivate: false } constructor
            ? Expression.Lambda<Func<T>>(Expression.New(constructor)).Compile()
            : static () => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
    }
}
