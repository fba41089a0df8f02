using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TekSipCloud.Api.TekSip;

/// <summary>Moments as <c>"/Date(1681556605365)/"</c>: milliseconds since 1970 in UTC.</summary>
internal sealed class TekSipDate : JsonConverter<DateTimeOffset>
{
    private const string Start = "/Date(";
    private const string End = ")/";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        return text.StartsWith(Start, StringComparison.Ordinal) && text.EndsWith(End, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan()[Start.Length..^End.Length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms)
                ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
                : throw new JsonException("That is no /Date(…)/.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{Start}{value.ToUnixTimeMilliseconds()}{End}"));
}
