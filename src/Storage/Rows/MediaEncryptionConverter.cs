using System.Text.Json;
using System.Text.Json.Serialization;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Storage.Rows;

/// <summary>Whether media is encrypted, as a JSON string. Rows of old have a boolean, and true meant that there was no other way.</summary>
internal sealed class MediaEncryptionConverter : JsonConverter<MediaEncryption>
{
    public override MediaEncryption Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => MediaEncryption.Required,
        JsonTokenType.False => MediaEncryption.Off,
        JsonTokenType.String when Enum.TryParse<MediaEncryption>(reader.GetString(), out var value) && Enum.IsDefined(value) => value,
        _ => throw new JsonException("That does not say whether media is encrypted."),
    };

    public override void Write(Utf8JsonWriter writer, MediaEncryption value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
