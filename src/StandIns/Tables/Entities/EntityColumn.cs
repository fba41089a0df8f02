using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Serialization;

namespace Azure.Data.Tables;

/// <summary>One property of an entity type that is a column of the table.</summary>
internal abstract class EntityColumn(string name)
{
    public string Name { get; } = name;

    /// <summary>Makes the column of a property, or null when the property is not one.</summary>
    public static EntityColumn? TryCreate(PropertyInfo property)
    {
        if (property.GetIndexParameters().Length > 0 || property.IsDefined(typeof(IgnoreDataMemberAttribute)))
            return null;

        var name = property.GetCustomAttribute<DataMemberAttribute>()?.Name ?? property.Name;
        if (ColumnNames.IsSystem(name) || property.PropertyType == typeof(ETag))
            return null;

        return (EntityColumn)Activator.CreateInstance(typeof(EntityColumn<>).MakeGenericType(property.PropertyType), name, property)!;
    }

    public abstract void Write(object entity, EntityWriter writer);

    public abstract void Read(object entity, EdmValue value);
}

/// <summary>A column whose property is reached by compiled accessors.</summary>
internal sealed class EntityColumn<T>(string name, PropertyInfo property) : EntityColumn(name)
{
    private readonly EdmCodec<T>? _codec = (EdmCodec<T>?)EdmCodec.Find(typeof(T));
    private readonly Func<object, T>? _get = property.GetGetMethod() is null ? null : CompileGet(property);
    private readonly Action<object, T>? _set = property.GetSetMethod() is null ? null : CompileSet(property);

    public override void Write(object entity, EntityWriter writer)
    {
        if (_get is null || _get(entity) is not { } value)
            return;

        if (_codec is null)
            throw new NotSupportedException($"Column '{Name}' cannot hold {typeof(T)}.");

        _codec.Write(writer, Name, value);
    }

    public override void Read(object entity, EdmValue value)
    {
        if (_set is null || _codec is null)
            return;

        try
        {
            _set(entity, _codec.Read(value));
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidOperationException($"Column '{Name}' holds a value that is no {typeof(T)}.", e);
        }
    }

    private static Func<object, T> CompileGet(PropertyInfo property)
    {
        var entity = Expression.Parameter(typeof(object));
        var typed = Expression.Convert(entity, property.DeclaringType!);
        return Expression.Lambda<Func<object, T>>(Expression.Property(typed, property), entity).Compile();
    }

    private static Action<object, T> CompileSet(PropertyInfo property)
    {
        var entity = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(T));
        var typed = property.DeclaringType!.IsValueType
            ? Expression.Unbox(entity, property.DeclaringType)
            : Expression.Convert(entity, property.DeclaringType);
        var assign = Expression.Assign(Expression.Property(typed, property), value);
        return Expression.Lambda<Action<object, T>>(assign, entity, value).Compile();
    }
}
