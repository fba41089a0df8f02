using System.Collections;
using System.Runtime.CompilerServices;

namespace Orleans.Copying;

/// <summary>An exception stays itself within a silo; another silo gets what every exception has, and its [Id] members.</summary>
internal sealed class ExceptionCopier<T> : Copier<T> where T : Exception
{
    private readonly MemberPlan<T> _members = new(SerializableMembers.Of(typeof(T), typeof(Exception)));

    public override bool IsImmutable => true;

    public override T Copy(T value, CopyScope scope)
    {
        if (value is null || !scope.IsBetweenSilos)
            return value!;

        if (scope.TryGetCopy(value, out var known))
            return known;

        if (value is AggregateException several && typeof(T) == typeof(AggregateException))
            return (T)(Exception)new AggregateException(several.InnerExceptions.Select(one => CopyAny(one, scope)));

        var copy = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        scope.Record(value, copy);
        Message(copy) = value.Message;
        Trace(copy) = value.StackTrace;
        Source(copy) = value.Source;
        copy.HResult = value.HResult;
        Inner(copy) = value.InnerException is { } inner ? CopyAny(inner, scope) : null;
        foreach (DictionaryEntry entry in value.Data)
            if (entry is { Key: string, Value: string or null })
                copy.Data[entry.Key] = entry.Value;

        _members.Copy(ref value, ref copy, scope);
        return copy;
    }

    private static Exception CopyAny(Exception exception, CopyScope scope) =>
        (Exception)Copiers.Exact(exception.GetType()).CopyObject(exception, scope)!;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? Message(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_stackTraceString")]
    private static extern ref string? Trace(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_source")]
    private static extern ref string? Source(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? Inner(Exception exception);
}
