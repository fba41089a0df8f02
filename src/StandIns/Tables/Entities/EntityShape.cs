using System.Collections.Concurrent;
using System.Reflection;

namespace Azure.Data.Tables;

/// <summary>The columns of an entity type, found once per type.</summary>
internal sealed class EntityShape
{
    private static readonly ConcurrentDictionary<Type, EntityShape> Shapes = new();

    private readonly EntityColumn[] _columns;
    private readonly Dictionary<string, EntityColumn> _byName;

    private EntityShape(Type type)
    {
        _columns = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(EntityColumn.TryCreate)
            .OfType<EntityColumn>()
            // A property that hides one of its base type comes first.
            .DistinctBy(column => column.Name)];
        _byName = _columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    public static EntityShape Of(Type type) => Shapes.GetOrAdd(type, t => new EntityShape(t));

    public void Write(object entity, EntityWriter writer)
    {
        foreach (var column in _columns)
            column.Write(entity, writer);
    }

    public void Read(object entity, string column, EdmValue value) =>
        _byName.GetValueOrDefault(column)?.Read(entity, value);
}
