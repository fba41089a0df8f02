using Azure.Data.Tables;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>What goes into a column comes out of it, with its type.</summary>
public sealed class ColumnTypeTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly DateTimeOffset Moment = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2));

    public static TheoryData<object> Values() =>
    [
        "text", "", "o'clock \"quoted\" \\ \n\t", "grüße 你好 😀", "2026-01-05T08:00:00Z", true, false,
        0, -1, int.MaxValue, int.MinValue, 5L, long.MaxValue, long.MinValue,
        0.0, 5.0, -1.5, 1e300, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        Guid.Empty, new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), Array.Empty<byte>(), new byte[] { 0, 1, 127, 128, 255 },
    ];

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task A_dictionary_entity_keeps_the_type_of_its_columns(object value)
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = value });

        var read = await Read<TableEntity>("p", "r");
        Assert.Equal(value, read["Value"]);
        Assert.IsType(value.GetType(), read["Value"]);
    }

    [Fact]
    public async Task A_moment_is_read_in_utc_and_to_the_tick_of_its_source()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Offset"] = Moment, ["Utc"] = Moment.UtcDateTime });

        var read = await Read<TableEntity>("p", "r");
        Assert.Equal((Moment, TimeSpan.Zero), (read.GetDateTimeOffset("Offset")!.Value, read.GetDateTimeOffset("Offset")!.Value.Offset));
        Assert.Equal((Moment.UtcDateTime, DateTimeKind.Utc), (read.GetDateTime("Utc")!.Value, read.GetDateTime("Utc")!.Value.Kind));
    }

    [Fact]
    public async Task A_date_that_is_not_utc_is_refused() =>
        await Assert.ThrowsAsync<NotSupportedException>(
            () => Table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local) }));

    [Fact]
    public async Task A_column_without_a_value_is_not_stored()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = null });

        var read = await Read<TableEntity>("p", "r");
        Assert.False(read.ContainsKey("Value"));
        Assert.Null(read["Value"]);
        Assert.Null(read.GetInt64("Value"));
    }

    [Fact]
    public async Task A_value_that_no_column_can_hold_is_refused() =>
        await Assert.ThrowsAsync<NotSupportedException>(
            () => Table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = new List<string> { "a" } }));

    [Fact]
    public async Task An_entity_of_its_own_type_keeps_every_column()
    {
        var customer = Full();
        await Table.AddEntityAsync(customer);

        var read = await Read<Customer>("p", "r");
        Assert.NotEqual(default, read.ETag);
        Assert.NotNull(read.Timestamp);
        (customer.ETag, customer.Timestamp, customer.Secret) = (read.ETag, read.Timestamp, null);
        Assert.Equivalent(customer, read, strict: true);
    }

    [Fact]
    public async Task An_entity_of_its_own_type_keeps_what_is_not_set_unset()
    {
        await Table.AddEntityAsync(new Customer());

        var read = await Read<Customer>("p", "r");
        Assert.Equivalent(new Customer { ETag = read.ETag, Timestamp = read.Timestamp }, read, strict: true);
    }

    [Fact]
    public async Task An_entity_of_its_own_type_is_stored_by_its_column_names_and_without_what_it_ignores()
    {
        await Table.AddEntityAsync(Full());

        var read = await Read<TableEntity>("p", "r");
        Assert.Equal(("+49 30 1", "Gold", "Ada, 36"), (read.GetString("phone_number"), read.GetString("Level"), read.GetString("Summary")));
        Assert.False(read.ContainsKey("Phone") || read.ContainsKey("Secret") || read.ContainsKey("ETag"));
    }

    [Fact]
    public async Task A_dictionary_entity_may_have_a_column_named_like_the_version()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["ETag"] = "mine" });

        var read = await Read<TableEntity>("p", "r");
        Assert.Equal("mine", read.GetString("ETag"));
        Assert.NotEqual("mine", read.ETag.ToString());
    }

    [Fact]
    public async Task A_column_that_the_type_lacks_is_passed_over()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Name"] = "Ada", ["Unknown"] = 1 });

        Assert.Equal("Ada", (await Read<Customer>("p", "r")).Name);
    }

    [Fact]
    public async Task A_column_of_another_type_than_the_property_is_named_in_the_error()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Age"] = "old" });

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Read<Customer>("p", "r"));
        Assert.Contains("Age", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_getter_of_another_type_than_the_column_fails() =>
        Assert.Throws<InvalidOperationException>(() => new TableEntity("p", "r") { ["A"] = 1 }.GetString("A"));

    [Fact]
    public void A_column_keeps_its_type_when_it_is_set_again()
    {
        var entity = new TableEntity("p", "r") { ["Long"] = 1L, ["Double"] = 1.5, ["Text"] = "a" };

        (entity["Long"], entity["Double"]) = (2, 3);

        Assert.Equal((2L, 3.0), (entity.GetInt64("Long"), entity.GetDouble("Double")));
        Assert.Throws<InvalidOperationException>(() => entity["Text"] = 1);
    }

    private static Customer Full() => new()
    {
        Name = "Ada",
        IsActive = true,
        IsTrusted = false,
        Age = 36,
        Children = 3,
        Balance = long.MinValue,
        Limit = 7,
        Score = 5,
        Weight = double.NaN,
        Born = Moment.ToUniversalTime(),
        Left = Moment.ToUniversalTime().AddTicks(1),
        Joined = Moment.UtcDateTime,
        Moved = Moment.UtcDateTime.AddDays(1),
        Id = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        Parent = Guid.Empty,
        Photo = [1, 2, 3],
        Level = Customer.Tier.Gold,
        OldLevel = Customer.Tier.Basic,
        Phone = "+49 30 1",
        Secret = "never stored",
        Initial = "A",
    };
}
