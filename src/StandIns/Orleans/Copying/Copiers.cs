using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Copying;

/// <summary>Finds the copier of a type; each is made once.</summary>
internal static class Copiers
{
    private static readonly ConcurrentDictionary<Type, Copier> Known = new();
    private static readonly ConcurrentDictionary<Type, Copier> Slots = new();

    private static readonly HashSet<Type> Atoms =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(Version), typeof(IPAddress), typeof(IPEndPoint),
        typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half), typeof(CultureInfo), typeof(CompareInfo),
        typeof(CancellationToken), typeof(object),
    ];

    private static readonly Dictionary<Type, Type> Collections = new()
    {
        [typeof(List<>)] = typeof(ListCopier<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCopier<,>),
        [typeof(HashSet<>)] = typeof(HashSetCopier<>),
        [typeof(Queue<>)] = typeof(QueueCopier<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCopier<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCopier<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetCopier<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCopier<,>),
        [typeof(Nullable<>)] = typeof(NullableCopier<>),
    };

    public static Copier<T> Slot<T>() => (Copier<T>)Slot(typeof(T));

    /// <summary>The copier of a variable of that type.</summary>
    public static Copier Slot(Type declared) => Slots.GetOrAdd(declared, static type =>
        type.IsValueType || type.IsSealed ? Exact(type) : Make(typeof(PolymorphicCopier<>), type));

    /// <summary>The copier of values of exactly that type.</summary>
    public static Copier Exact(Type type) => Known.GetOrAdd(type, static key => Create(key));

    public static Copier AsImmutable(Type declared, Copier inner) =>
        (Copier)Activator.CreateInstance(typeof(ImmutableSlotCopier<>).MakeGenericType(declared), inner)!;

    private static Copier Create(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || Atoms.Contains(type) || typeof(Type).IsAssignableFrom(type))
            return Make(typeof(AtomCopier<>), type);

        if (type == typeof(Memory<byte>))
            return new MemoryCopier();

        if (type == typeof(ReadOnlyMemory<byte>))
            return new ReadOnlyMemoryCopier();

        if (type.IsSZArray)
            return Make(typeof(ArrayCopier<>), type.GetElementType()!);

        if (typeof(GrainReference).IsAssignableFrom(type))
            return Make(typeof(GrainReferenceCopier<>), type);

        if (typeof(Exception).IsAssignableFrom(type))
            return Make(typeof(ExceptionCopier<>), type);

        if (type.IsGenericType && Collections.TryGetValue(type.GetGenericTypeDefinition(), out var collection))
            return Make(collection, type.GetGenericArguments());

        return IsTuple(type)
            ? OfMembers(type, SerializableMembers.AllFields(type), isImmutable: false)
            : OfMembers(type, SerializableMembers.Of(type, typeof(object)), type.IsDefined(typeof(ImmutableAttribute), false));
    }

    private static Copier OfMembers(Type type, List<SerializableMember> members, bool isImmutable)
    {
        if (type.IsAbstract || typeof(Delegate).IsAssignableFrom(type))
            throw SerializableMembers.NoCodec(type);

        var shape = type.IsValueType ? typeof(StructureCopier<>) : typeof(ObjectCopier<>);
        return (Copier)Activator.CreateInstance(shape.MakeGenericType(type), members, isImmutable)!;
    }

    private static Copier Make(Type copier, params Type[] arguments) =>
        (Copier)Activator.CreateInstance(copier.MakeGenericType(arguments))!;

    private static bool IsTuple(Type type) =>
        (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        || (type.Namespace == nameof(System) && typeof(ITuple).IsAssignableFrom(type));
}
