using System.Text;
using System.Text.Json;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Tests.Calls;

/// <summary>What is written by hand is what the serializer would write, so that it reads it.</summary>
public sealed class CallJsonTests
{
    private static readonly CallSummary Least = Samples.Call(new("t"), Samples.Noon);

    private static readonly CallSummary Most = Least with
    {
        Caller = new("+49 \"30\"", "Zoë <😀>", CallPartyKind.Destination, "[2001:db8::1]:5060", "a\\b\n\u0001"),
        Answered = Samples.Noon.AddTicks(1_234_567),
        State = CallState.Answered,
        Destination = "carrier",
        SipCallId = "a-\ud800-b",
    };

    private static readonly CallRecord MostRecord = Samples.Record(Most) with
    {
        Reason = "It's over & done.",
        CallerMedia = new(1, 2, 3, 4, 5, 6.25, 7, "PCMA", "AES_CM_128_HMAC_SHA1_80", 8, new(9, 10, 11.5, 12, 13.25, 4.41, 1)),
        CalleeMedia = new(long.MaxValue, 0, 0, 0, -1, 1e-7, 0, "", Quality: new(0, 0, null, null, null, null, null)),
        Decisions = [new(Samples.Noon, "tenant", "t"), new(Samples.Noon.AddHours(1), "route", "'9' to carrier")],
    };

    public static TheoryData<CallRecord> Records => [.. Enum.GetValues<CallEnd>()
        .Select(end => MostRecord with { EndedBy = end })
        .Append(Samples.Record(Least))
        .Append(MostRecord with { Ended = Samples.Noon.ToOffset(TimeSpan.FromHours(2)), Status = -1 })];

    public static TheoryData<CallSummary> Calls => [.. Enum.GetValues<CallState>()
        .Select(state => Most with { State = state })
        .Concat(Enum.GetValues<CallPartyKind>().Select(kind => Least with { Callee = Least.Callee with { Kind = kind } }))];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_CDR_is_what_the_serializer_writes(CallRecord record) =>
        Assert.Equal(Serialized(record), Written(record, CallJson.Write));

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_in_progress_is_what_the_serializer_writes(CallSummary call)
    {
        var row = new OpenCall(call, Samples.Noon.AddSeconds(1));

        Assert.Equal(Serialized(row), Written(row, CallJson.Write));
    }

    [Fact]
    public void The_samples_have_every_property_there_is()
    {
        using var json = JsonDocument.Parse(Serialized(MostRecord));
        var record = json.RootElement;

        AssertComplete<CallRecord>(record, nameof(CallRecord.Duration));
        AssertComplete<CallSummary>(record.GetProperty(nameof(CallRecord.Call)));
        AssertComplete<CallParty>(record.GetProperty(nameof(CallRecord.Call)).GetProperty(nameof(CallSummary.Caller)));
        AssertComplete<MediaFigures>(record.GetProperty(nameof(CallRecord.CallerMedia)));
        AssertComplete<MediaQuality>(record.GetProperty(nameof(CallRecord.CallerMedia)).GetProperty(nameof(MediaFigures.Quality)));
        AssertComplete<Decision>(record.GetProperty(nameof(CallRecord.Decisions))[0]);
    }

    [Fact]
    public void Values_on_one_page_stay_while_more_of_them_come()
    {
        using var pages = new JsonPages();
        var large = MostRecord with { Decisions = [.. Enumerable.Range(0, 5_000).Select(i => new Decision(Samples.Noon, "route", $"{i} is passed over."))] };

        var written = Enumerable.Range(0, 400).Select(i => pages.Write(i % 150 == 7 ? large : MostRecord with { Status = i }, CallJson.Write)).ToArray();

        Assert.All(written.Index(), value => Assert.Equal(
            value.Index % 150 == 7 ? (200, 5_000) : (value.Index, 2), Count(JsonSerializer.Deserialize<CallRecord>(value.Item.Span, JsonColumns.Format)!)));
    }

    private static (int Status, int Decisions) Count(CallRecord record) => (record.Status, record.Decisions.Length);

    private static string Serialized<T>(T value) => JsonSerializer.Serialize(value, JsonColumns.Format);

    private static string Written<T>(T value, WriteJson<T> write)
    {
        using var pages = new JsonPages();
        return Encoding.UTF8.GetString(pages.Write(value, write).Span);
    }

    private static void AssertComplete<T>(JsonElement sample, params string[] computed) => Assert.Equal(
        typeof(T).GetProperties().Select(property => property.Name).Except(computed).Order(StringComparer.Ordinal),
        sample.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
}
