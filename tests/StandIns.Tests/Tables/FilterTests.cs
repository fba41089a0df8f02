using System.Text;
using Azure.Data.Tables;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>Filters made from arguments.</summary>
public sealed class FilterTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly DateTimeOffset Moment = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2));

    public static TheoryData<object?, string> Literals() => new()
    {
        { null, "null" },
        { true, "true" },
        { 5, "5" },
        { -5L, "-5L" },
        { 1.5, "1.5" },
        { "plain", "'plain'" },
        { "o'clock", "'o''clock'" },
        { "''", "''''''" },
        { '\'', "''''" },
        { new StringBuilder("a'b"), "'a''b'" },
        { "grüße 你好 😀", "'grüße 你好 😀'" },
        { "{0} \\ % &", "'{0} \\ % &'" },
        { new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), "guid'0f8fad5b-d9cb-469f-a165-70867728950e'" },
        { Moment, "datetime'2026-02-03T02:05:06.789Z'" },
        { Moment.UtcDateTime, "datetime'2026-02-03T02:05:06.789Z'" },
    };

    /// <summary>Values that try to end their own literal, or mean something to OData, JSON or URIs.</summary>
    public static TheoryData<string> Hostile() =>
    [
        "x' or Name ne '", "' or true or '", "'; drop table", "''", "'", "\\'", "%27 or 1 eq 1", "a&$top=1", "a#b?c=d+e", "a/b",
        "null", "X'00'", "datetime'2026'", "{0}", "$batch", "line\r\nHost: evil", "ÅΩ你😀", " ", "",
    ];

    [Theory]
    [MemberData(nameof(Literals), DisableDiscoveryEnumeration = true)]
    public void An_argument_becomes_the_literal_of_its_type(object? value, string literal) =>
        Assert.Equal($"A eq {literal}", TableClient.CreateQueryFilter($"A eq {value}"));

    [Fact]
    public void An_argument_without_a_literal_is_refused() =>
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {TimeSpan.Zero}"));

    [Fact]
    public void Text_around_the_arguments_stays_as_it_is() =>
        Assert.Equal(
            "(A eq 'a') and not (B gt 2)", TableServiceClient.CreateQueryFilter($"(A eq {"a"}) and not (B gt {2})"));

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public async Task A_hostile_value_finds_itself_and_nothing_else(string value)
    {
        await Table.AddEntityAsync(new TableEntity("p", "other") { ["Name"] = "innocent" });
        await Table.AddEntityAsync(new TableEntity("p", "itself") { ["Name"] = value });

        Assert.Equal(["itself"], await Find($"Name eq {value}"));
        Assert.Equal(["other"], await Find($"Name ne {value}"));
    }

    [Fact]
    public async Task Every_type_can_be_compared()
    {
        var id = Guid.NewGuid();
        await Table.AddEntityAsync(new TableEntity("p", "other"));
        await Table.AddEntityAsync(new TableEntity("p", "r")
        {
            ["Bool"] = true,
            ["Int"] = 5,
            ["Long"] = long.MaxValue,
            ["Double"] = 1.5,
            ["Moment"] = Moment,
            ["Id"] = id,
            ["Bytes"] = new byte[] { 10, 255 },
        });

        Assert.Equal(["r"], await Find($"Bool eq {true}"));
        Assert.Equal(["r"], await Find($"Int ge {5} and Int lt {6}"));
        Assert.Equal(["r"], await Find($"Long eq {long.MaxValue}"));
        Assert.Equal(["r"], await Find($"Double gt {1.25}"));
        Assert.Equal(["r"], await Find($"Moment eq {Moment}"));
        Assert.Equal(["r"], await Find($"Moment gt {Moment.AddTicks(-1)}"));
        Assert.Equal(["r"], await Find($"Id eq {id}"));
        Assert.Equal(["r"], await Find($"Bytes eq {new byte[] { 10, 255 }}"));
    }

    [Fact]
    public async Task Rows_are_found_by_a_prefix_of_their_key()
    {
        foreach (var row in new[] { "call-1", "call-2", "calm", "ext-1" })
            await Table.AddEntityAsync(new TableEntity("p", row));

        Assert.Equal(["call-1", "call-2"], await Find($"PartitionKey eq {"p"} and RowKey ge {"call-"} and RowKey lt {"call."}"));
    }

    private async Task<List<string>> Find(FormattableString filter) =>
        await Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(filter)).Select(e => e.RowKey).ToListAsync();
}
