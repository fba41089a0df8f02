using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>The service's limits, just kept and just broken.</summary>
public sealed class LimitTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const int MaxTextLength = 32 * 1024;
    private const int MaxKeyLength = 512;

    public static TheoryData<string> ForbiddenInKeys() => ["a/b", "a\\b", "a#b", "a?b", "\t", "\n", "\r", "\u0000", "\u001f", "\u007f", "\u009f"];

    [Theory]
    [MemberData(nameof(ForbiddenInKeys), DisableDiscoveryEnumeration = true)]
    public async Task A_character_that_keys_may_not_have_is_refused(string key)
    {
        await Refuses(new TableEntity(key, "r"), TableErrorCode.OutOfRangeInput);
        await Refuses(new TableEntity("p", key), TableErrorCode.OutOfRangeInput);
    }

    [Fact]
    public async Task A_key_of_one_kibibyte_is_stored()
    {
        var key = new string('k', MaxKeyLength);

        await Table.AddEntityAsync(new TableEntity(key, key));

        Assert.Equal(key, (await Read<TableEntity>(key, key)).RowKey);
    }

    [Fact]
    public async Task A_longer_key_is_refused() =>
        await Refuses(new TableEntity("p", new string('k', MaxKeyLength + 1)), TableErrorCode.KeyValueTooLarge);

    [Theory]
    [InlineData(null, "r")]
    [InlineData("p", null)]
    public async Task An_entity_without_a_key_is_refused(string? partition, string? row) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.AddEntityAsync(new TableEntity(partition, row)));

    [Fact]
    public async Task Text_of_64_kibibytes_is_stored()
    {
        var text = new string('x', MaxTextLength);

        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = text });

        Assert.Equal(text, (await Read<TableEntity>("p", "r")).GetString("Value"));
    }

    [Fact]
    public async Task Longer_text_is_refused() => await Refuses(
        new TableEntity("p", "r") { ["Value"] = new string('x', MaxTextLength + 1) }, TableErrorCode.PropertyValueTooLarge);

    [Fact]
    public async Task Bytes_of_64_kibibytes_are_stored()
    {
        var bytes = new byte[64 * 1024];
        Random.Shared.NextBytes(bytes);

        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = bytes });

        Assert.Equal(bytes, (await Read<TableEntity>("p", "r")).GetBinary("Value"));
    }

    [Fact]
    public async Task More_bytes_are_refused() => await Refuses(
        new TableEntity("p", "r") { ["Value"] = new byte[(64 * 1024) + 1] }, TableErrorCode.PropertyValueTooLarge);

    [Fact]
    public async Task An_entity_of_almost_a_mebibyte_is_stored()
    {
        await Table.AddEntityAsync(WithText(columns: 15));

        Assert.Equal(MaxTextLength, (await Read<TableEntity>("p", "r")).GetString("C14").Length);
    }

    [Fact]
    public async Task An_entity_of_more_than_a_mebibyte_is_refused() => await Refuses(WithText(columns: 16), TableErrorCode.EntityTooLarge);

    [Fact]
    public async Task An_entity_of_252_columns_is_stored()
    {
        await Table.AddEntityAsync(WithNumbers(252));

        Assert.Equal(251, (await Read<TableEntity>("p", "r")).GetInt32("C251"));
    }

    [Fact]
    public async Task An_entity_of_more_columns_is_refused() => await Refuses(WithNumbers(253), TableErrorCode.TooManyProperties);

    [Theory]
    [InlineData("not a name")]
    [InlineData("1st")]
    [InlineData("a-b")]
    public async Task A_column_name_that_is_no_identifier_is_refused(string name) =>
        await Refuses(new TableEntity("p", "r") { [name] = 1 }, TableErrorCode.PropertyNameInvalid);

    [Fact]
    public async Task A_column_name_of_more_than_255_characters_is_refused() =>
        await Refuses(new TableEntity("p", "r") { [new string('n', 256)] = 1 }, TableErrorCode.PropertyNameTooLong);

    [Fact]
    public async Task A_moment_before_1601_is_refused() =>
        await Refuses(new TableEntity("p", "r") { ["Value"] = DateTimeOffset.MinValue }, TableErrorCode.OutOfRangeInput);

    private static TableEntity WithText(int columns)
    {
        var entity = new TableEntity("p", "r");
        for (var i = 0; i < columns; i++)
            entity[$"C{i}"] = new string('x', MaxTextLength);

        return entity;
    }

    private static TableEntity WithNumbers(int columns)
    {
        var entity = new TableEntity("p", "r");
        for (var i = 0; i < columns; i++)
            entity[$"C{i}"] = i;

        return entity;
    }

    private async Task Refuses(TableEntity entity, TableErrorCode code)
    {
        var add = await Assert.ThrowsAsync<RequestFailedException>(() => Table.AddEntityAsync(entity));
        var upsert = await Assert.ThrowsAsync<RequestFailedException>(() => Table.UpsertEntityAsync(entity));

        Assert.Equal((400, 400), (add.Status, upsert.Status));
        Assert.True(add.ErrorCode == code, add.ErrorCode);
        Assert.True(upsert.ErrorCode == code, upsert.ErrorCode);
    }
}
