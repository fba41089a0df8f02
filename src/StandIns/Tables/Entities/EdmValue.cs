using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>A column's value as the service sent it: JSON, and the type it was annotated with, if any.</summary>
internal readonly record struct EdmValue(JsonElement Json, string? Type)
{
    public string? AsString() => Json.GetString();

    public bool AsBoolean() => Json.GetBoolean();

    public int AsInt32() => Json.GetInt32();

    public long AsInt64() => Json.ValueKind == JsonValueKind.Number
        ? Json.GetInt64()
        : long.Parse(Json.GetString()!, CultureInfo.InvariantCulture);

    public double AsDouble() => Json.ValueKind == JsonValueKind.Number ? Json.GetDouble() : Json.GetString() switch
    {
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        var text => double.Parse(text!, CultureInfo.InvariantCulture),
    };

    public DateTimeOffset AsDateTimeOffset() =>
        DateTimeOffset.Parse(Json.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    public DateTime AsDateTime() => AsDateTimeOffset().UtcDateTime;

    public Guid AsGuid() => Guid.Parse(Json.GetString()!);

    public byte[] AsBinary() => Json.GetBytesFromBase64();

    public object? AsObject() => Type switch
    {
        EdmTypes.Binary => AsBinary(),
        EdmTypes.DateTime => AsDateTimeOffset(),
        EdmTypes.Double => AsDouble(),
        EdmTypes.Guid => AsGuid(),
        EdmTypes.Int64 => AsInt64(),
        _ => AsPlain(),
    };

    private object? AsPlain() => Json.ValueKind switch
    {
        JsonValueKind.String => Json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.Number when Json.TryGetInt32(out var number) => number,
        JsonValueKind.Number => Json.GetDouble(),
        _ => throw new NotSupportedException($"A column cannot hold a JSON {Json.ValueKind}."),
    };
}
