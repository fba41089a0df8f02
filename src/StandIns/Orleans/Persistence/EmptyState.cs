using System.Runtime.CompilerServices;

namespace Orleans.Persistence;

/// <summary>What a grain finds where nothing is stored.</summary>
internal static class EmptyState
{
    public static T New<T>() => typeof(T).IsValueType || typeof(T).GetConstructor([]) is not null
        ? Activator.CreateInstance<T>()
        : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
