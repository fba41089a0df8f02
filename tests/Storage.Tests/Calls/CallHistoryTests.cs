using System.Text.Json;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Tests.Calls;

public sealed class CallHistoryTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private readonly CallHistory _history = storage.Get<CallHistory>();
    private readonly TenantId _tenant = Samples.NewTenant();

    [Fact]
    public async Task A_CDR_is_found_by_its_id_and_only_by_its_tenant()
    {
        var record = Samples.Record(Samples.Call(_tenant, Samples.Noon)) with
        {
            Decisions = [new(Samples.Noon, "route", "No route for 9.")],
        };
        await _history.Write([record]);

        var found = await _history.Find(_tenant, record.Call.Id, CancellationToken.None);

        Assert.Equal("No route for 9.", Assert.Single(found!.Decisions).Text);
        Assert.Equal(record.Call, found.Call);
        Assert.Null(await _history.Find(Samples.NewTenant(), record.Call.Id, CancellationToken.None));
        Assert.Null(await _history.Find(_tenant, Guid.NewGuid(), CancellationToken.None));
    }

    [Fact]
    public async Task What_is_encoded_already_is_written_as_it_is_and_what_belongs_to_another_CDR_is_not()
    {
        var (record, other) = (Samples.Record(Samples.Call(_tenant, Samples.Noon)), Samples.Record(Samples.Call(_tenant, Samples.Noon)));
        var encoded = new EncodedRecord(record, JsonSerializer.SerializeToUtf8Bytes(record with { Reason = "As it is." }, JsonColumns.Format));
        await _history.Write([
            new CallReport(record.Call, record, false) { Encoded = encoded },
            new CallReport(other.Call, other, false) { Encoded = encoded },
        ]);

        Assert.Equal("As it is.", (await _history.Find(_tenant, record.Call.Id, CancellationToken.None))!.Reason);
        Assert.Equal(other.Call, (await _history.Find(_tenant, other.Call.Id, CancellationToken.None))!.Call);
    }

    [Fact]
    public async Task A_CDR_that_no_single_column_holds_is_found_whole()
    {
        var decisions = Enumerable.Range(0, 1_000).Select(i => new Decision(Samples.Noon, "route", $"{i}: {new string('x', 100)}"));
        var record = Samples.Record(Samples.Call(_tenant, Samples.Noon, "103", "104")) with { Decisions = [.. decisions] };
        await _history.Write([record]);

        var found = await _history.Find(_tenant, record.Call.Id, CancellationToken.None);
        var listed = await _history.List(_tenant, new(Number: "104"), new(), CancellationToken.None);

        Assert.Equal(record.Decisions, found!.Decisions);
        Assert.Equal(record.Call, Assert.Single(listed.Items).Call);
    }

    [Fact]
    public async Task Calls_are_listed_latest_first_across_days_and_empty_years()
    {
        DateTimeOffset[] starts =
        [
            new(2024, 2, 29, 23, 59, 59, TimeSpan.Zero),
            new(2025, 12, 31, 23, 59, 59, 999, TimeSpan.Zero),
            new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new(2026, 1, 1, 0, 0, 1, TimeSpan.Zero),
            new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero),
        ];
        foreach (var start in starts)
            await _history.Write([Samples.Record(Samples.Call(_tenant, start))]);

        foreach (var limit in new[] { 1, 2, 100 })
            Assert.Equal(starts.Reverse(), await ListAll(new CallQuery(), limit));
    }

    [Fact]
    public async Task A_time_span_takes_its_first_moment_and_leaves_its_last()
    {
        for (var hour = 0; hour < 72; hour += 6)
            await _history.Write([Samples.Record(Samples.Call(_tenant, Samples.Noon.AddHours(hour)))]);

        var listed = await ListAll(new(Samples.Noon.AddHours(6), Samples.Noon.AddHours(48)), 3);

        Assert.Equal(7, listed.Count);
        Assert.Equal(Samples.Noon.AddHours(42), listed[0]);
        Assert.Equal(Samples.Noon.AddHours(6), listed[^1]);
    }

    [Fact]
    public async Task Calls_of_a_number_are_those_from_and_to_it()
    {
        await _history.Write([Samples.Record(Samples.Call(_tenant, Samples.Noon, "101", "102"))]);
        await _history.Write([Samples.Record(Samples.Call(_tenant, Samples.Noon.AddDays(40), "102", "101"))]);
        await _history.Write([Samples.Record(Samples.Call(_tenant, Samples.Noon, "1010", "102"))]);
        await _history.Write([Samples.Record(Samples.Call(_tenant, Samples.Noon.AddDays(1), "101", "101"))]);

        Assert.Equal(3, (await ListAll(new(Number: "101"), 1)).Count);
        Assert.Equal(2, (await ListAll(new(From: Samples.Noon.AddHours(1), Number: "101"), 10)).Count);
    }

    [Theory]
    [InlineData("o'brien/ü?#")]
    [InlineData("\ud800")]
    [InlineData("a very long claim of who calls")]
    public async Task Whatever_a_caller_claims_to_be_can_be_booked_and_searched(string number)
    {
        var claimed = number.StartsWith('a') ? new string('9', 5000) : number;
        await _history.Write([Samples.Record(Samples.Call(_tenant, Samples.Noon, claimed))]);

        Assert.Single(await ListAll(new(Number: claimed), 10));
    }

    [Fact]
    public async Task Writing_a_CDR_again_replaces_it()
    {
        var record = Samples.Record(Samples.Call(_tenant, Samples.Noon));
        await _history.Write([record]);
        await _history.Write([record with { Status = 487 }]);

        var page = await _history.List(_tenant, new(Number: "101"), new(), CancellationToken.None);

        Assert.Equal(487, Assert.Single(page.Items).Status);
    }

    [Fact]
    public async Task A_cursor_that_no_list_made_is_at_the_end()
    {
        await _history.Write([Samples.Record(Samples.Call(_tenant, Samples.Noon))]);

        Assert.Empty((await _history.List(_tenant, new(), new("zzz"), CancellationToken.None)).Items);
        Assert.Empty((await _history.List(_tenant, new(), new("999999999999999~"), CancellationToken.None)).Items);
    }

    private async Task<List<DateTimeOffset>> ListAll(CallQuery query, int limit)
    {
        var all = new List<DateTimeOffset>();
        string? cursor = null;
        do
        {
            var page = await _history.List(_tenant, query, new PageRequest(cursor, limit), CancellationToken.None);
            all.AddRange(page.Items.Select(record => record.Call.Started));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        return all;
    }
}
