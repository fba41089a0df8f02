using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Serialization;

namespace Orleans.Copying;

/// <summary>Finds what is carried across: members with [Id], and a record's positional parameters.</summary>
internal static class SerializableMembers
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The members of a type and of its bases up to <paramref name="root"/>, bases first.</summary>
    public static List<SerializableMember> Of(Type type, Type root)
    {
        var members = new List<SerializableMember>();
        for (var level = type; level != root && level != typeof(object) && level != typeof(ValueType); level = level.BaseType!)
        {
            var isCarried = level.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);
            if (isCarried)
                members.InsertRange(0, DeclaredBy(level));
            else if (root != typeof(Exception))
                throw NoCodec(level);
        }

        return members;
    }

    /// <summary>Every field of a framework structure such as a tuple.</summary>
    public static List<SerializableMember> AllFields(Type type) =>
        [.. type.GetFields(Declared).Select(field => new SerializableMember(field.FieldType, field, null, false))];

    public static CodecNotFoundException NoCodec(Type type) => new(
        $"Could not find a copier for type {type}. Mark it with [GenerateSerializer] and its members with [Id].");

    private static List<SerializableMember> DeclaredBy(Type type)
    {
        var positional = Positional(type);
        var members = new SortedList<uint, SerializableMember>();
        foreach (var field in type.GetFields(Declared))
            if (field.GetCustomAttribute<IdAttribute>() is { } id)
                Add(type, members, id.Id, new(field.FieldType, field, null, IsImmutable(field)));

        foreach (var property in type.GetProperties(Declared))
            if (!positional.Contains(property.Name) && property.GetCustomAttribute<IdAttribute>() is { } id)
                Add(type, members, id.Id, OfProperty(type, property));

        return [.. positional.Select(name => OfProperty(type, type.GetProperty(name, Declared)!)), .. members.Values];
    }

    private static void Add(Type type, SortedList<uint, SerializableMember> members, uint id, SerializableMember member)
    {
        if (!members.TryAdd(id, member))
            throw new SerializerException($"Two members of {type} have [Id({id})].");
    }

    private static SerializableMember OfProperty(Type type, PropertyInfo property)
    {
        var backing = type.GetField($"<{property.Name}>k__BackingField", Declared);
        if (backing is null && property.SetMethod is null)
            throw new SerializerException($"{type}.{property.Name} has an [Id] but can not be set.");

        return new(property.PropertyType, backing, backing is null ? property : null, IsImmutable(property));
    }

    private static bool IsImmutable(MemberInfo member) => member.IsDefined(typeof(ImmutableAttribute));

    /// <summary>The properties a record's primary constructor makes, in order.</summary>
    private static List<string> Positional(Type type)
    {
        if (!IsRecord(type))
            return [];

        var made = type.GetProperties(Declared).Where(IsCompilerMade).ToDictionary(p => p.Name, p => p.PropertyType);
        var primary = type.GetConstructors(Declared)
            .Select(constructor => constructor.GetParameters())
            .Where(parameters => parameters.Length > 0 && Array.TrueForAll(parameters, p => Makes(type, made, p)))
            .MaxBy(parameters => parameters.Length);
        return primary is null ? [] : [.. primary.Select(p => p.Name!).Where(made.ContainsKey)];
    }

    private static bool Makes(Type type, Dictionary<string, Type> made, ParameterInfo parameter) =>
        made.TryGetValue(parameter.Name!, out var own)
            ? own == parameter.ParameterType
            : type.BaseType?.GetProperty(parameter.Name!)?.PropertyType == parameter.ParameterType;

    private static bool IsCompilerMade(PropertyInfo property) =>
        property.GetMethod?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;

    private static bool IsRecord(Type type) => type.IsValueType
        ? type.GetMethod("PrintMembers", Declared) is not null
        : type.GetMethod("<Clone>$") is not null;
}
