using System.Text.Json;
using System.Text.Json.Serialization;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Storage.Rows;

/// <summary>A tenant's id as a JSON string.</summary>
internal sealed class TenantIdConverter : JsonConverter<TenantId>
{
    public override TenantId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        // The installation's own event log is in the same table.
        var text when text == TenantId.System.Value => TenantId.System,
        var text when TenantId.TryParse(text, out var id) => id,
        _ => throw new JsonException("That is not a tenant id."),
    };

    public override void Write(Utf8JsonWriter writer, TenantId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
