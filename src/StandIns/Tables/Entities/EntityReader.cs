using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>Makes entities from the service's JSON.</summary>
internal static class EntityReader
{
    /// <summary>Reads the entity of a body that is one entity.</summary>
    public static T ReadOne<T>(BinaryData body)
        where T : class, ITableEntity
    {
        using var json = JsonDocument.Parse(body.ToMemory());
        return Read<T>(json.RootElement);
    }

    /// <summary>Reads the entities of a body that is one page of a query.</summary>
    public static T[] ReadPage<T>(BinaryData body)
        where T : class, ITableEntity
    {
        using var json = JsonDocument.Parse(body.ToMemory());
        return [.. json.RootElement.GetProperty("value").EnumerateArray().Select(Read<T>)];
    }

    private static T Read<T>(JsonElement json)
        where T : class, ITableEntity
    {
        var entity = Activator.CreateInstance<T>();
        var dictionary = entity as IDictionary<string, object?>;
        var shape = dictionary is null ? EntityShape.Of(typeof(T)) : null;
        string? annotated = null, type = null;

        foreach (var property in json.EnumerateObject())
        {
            var name = property.Name;
            // OData JSON: an annotation precedes the property that it is about.
            if (name.EndsWith(ColumnNames.TypeSuffix, StringComparison.Ordinal))
            {
                annotated = name[..^ColumnNames.TypeSuffix.Length];
                type = property.Value.GetString();
                continue;
            }

            var value = new EdmValue(property.Value, name == annotated ? type : null);
            if (ReadSystem(entity, name, value) || property.Value.ValueKind == JsonValueKind.Null)
                continue;

            if (dictionary is not null)
                dictionary[name] = value.AsObject();
            else
                shape!.Read(entity, name, value);
        }

        return entity;
    }

    private static bool ReadSystem(ITableEntity entity, string name, EdmValue value)
    {
        switch (name)
        {
            case ColumnNames.PartitionKey:
                entity.PartitionKey = value.AsString()!;
                return true;
            case ColumnNames.RowKey:
                entity.RowKey = value.AsString()!;
                return true;
            case ColumnNames.Timestamp:
                entity.Timestamp = value.AsDateTimeOffset();
                return true;
            case ColumnNames.ETag:
                entity.ETag = new ETag(value.AsString()!);
                return true;
            default:
                return name.StartsWith("odata.", StringComparison.Ordinal);
        }
    }
}
