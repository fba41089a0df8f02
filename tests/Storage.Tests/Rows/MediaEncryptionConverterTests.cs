using System.Text.Json;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Tests.Rows;

public sealed class MediaEncryptionConverterTests
{
    [Theory]
    [InlineData("true", MediaEncryption.Required)]
    [InlineData("false", MediaEncryption.Off)]
    [InlineData("\"Preferred\"", MediaEncryption.Preferred)]
    public void A_boolean_of_old_never_turns_encryption_off(string json, MediaEncryption expected)
    {
        var read = JsonSerializer.Deserialize<MediaEncryption>(json, JsonColumns.Format);

        Assert.Equal(expected, read);
        Assert.Equal(expected, JsonSerializer.Deserialize<MediaEncryption>(JsonSerializer.Serialize(read, JsonColumns.Format), JsonColumns.Format));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"7\"")]
    [InlineData("\"Maybe\"")]
    [InlineData("null")]
    public void Anything_else_is_a_damaged_row(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MediaEncryption>(json, JsonColumns.Format));
}
