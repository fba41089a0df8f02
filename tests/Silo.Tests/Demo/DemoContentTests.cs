using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Silo.Demo;

namespace TekSipCloud.Silo.Tests.Demo;

/// <summary>The demo tenant's content is the same for the same seed, and believable for any.</summary>
public sealed class DemoContentTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 15, 20, 0, TimeSpan.Zero);
    private static readonly TenantId Tenant = new("demo");
    private static readonly DemoContent Content = Create(DemoTenant.Seed);

    public static TheoryData<int> Seeds => [DemoTenant.Seed, 1, 2, 3];

    [Fact]
    public void The_same_seed_and_moment_make_the_same_content()
    {
        var again = Create(DemoTenant.Seed);

        Assert.Equal(Content.Extensions, again.Extensions);
        Assert.Equal(Content.Calls.Select(Describe), again.Calls.Select(Describe));
        Assert.Equal(
            Content.Events.Select(line => (line.At, line.Message)), again.Events.Select(line => (line.At, line.Message)));
    }

    [Fact]
    public void Another_seed_makes_other_people() =>
        Assert.NotEqual(
            Content.Extensions.Select(extension => extension.DisplayName),
            Create(1).Extensions.Select(extension => extension.DisplayName));

    [Fact]
    public void Extensions_are_numbered_once_and_redirect_to_one_another_or_to_voice_mail()
    {
        var numbers = Content.Extensions.Select(extension => extension.Username).ToHashSet();

        Assert.InRange(Content.Extensions.Length, 38, 45);
        Assert.Equal(Content.Extensions.Length, numbers.Count);
        Assert.All(Content.Extensions, extension => Assert.True(
            extension.Redirection is "" or Extension.VoiceMail || numbers.Contains(extension.Redirection)));
        Assert.DoesNotContain(Content.Extensions, extension => extension.Redirection == extension.Username);
        Assert.InRange(Content.Extensions.Count(extension => !extension.Enabled), 1, 5);
        Assert.Contains(Content.Extensions, extension => extension.AllowExternalCalls);
        Assert.Contains(Content.Extensions, extension => !extension.AllowExternalCalls);
    }

    [Fact]
    public void Every_route_leads_to_a_destination_and_one_of_them_takes_everything()
    {
        var destinations = Content.Destinations.Select(destination => destination.Name).ToHashSet();

        Assert.All(Content.Routes, route => Assert.Contains(route.Destination, destinations));
        Assert.Contains(Content.Routes, route => route is { Prefix: "", Enabled: true });
        Assert.Contains(DemoDialPlan.Pbx.Name, destinations);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_history_covers_five_weeks_and_every_call_in_it_is_over(int seed)
    {
        var calls = Create(seed).Calls;

        Assert.Equal(DemoHistory.Calls, calls.Length);
        Assert.Equal(calls.Length, calls.Select(record => record.Call.Id).Distinct().Count());
        Assert.All(calls, record => Assert.InRange(record.Ended, record.Call.Started, Now));
        Assert.InRange(Now - calls.Min(record => record.Call.Started), TimeSpan.FromDays(33), TimeSpan.FromDays(36));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_extension_talks_in_two_calls_at_once(int seed)
    {
        var engagements = Create(seed).Calls.SelectMany(Engagements).GroupBy(engagement => engagement.Number);
        var overlaps =
            from extension in engagements
            let ordered = extension.OrderBy(engagement => engagement.From).ToList()
            from pair in ordered.Zip(ordered.Skip(1))
            where pair.Second.From < pair.First.To
            select $"{extension.Key}: {pair.First} and {pair.Second}";

        Assert.Empty(overlaps);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Most_calls_are_answered_and_the_others_say_why_not(int seed)
    {
        var calls = Create(seed).Calls;
        var failed = calls.Where(record => record.Status != 200).ToList();

        Assert.InRange(failed.Count, calls.Length * 8 / 100, calls.Length * 35 / 100);
        Assert.All(failed, record => Assert.Equal(TimeSpan.Zero, record.Duration));
        Assert.All(calls, record => Assert.NotEmpty(record.Reason));
        Assert.Superset(new HashSet<int> { 404, 480, 486, 487, 603 }, failed.Select(record => record.Status).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_answered_call_lasts_some_time_and_carries_fifty_packets_a_second(int seed)
    {
        var answered = Create(seed).Calls.Where(record => record.Status == 200).ToList();

        Assert.All(answered, record =>
        {
            Assert.True(record.Duration > TimeSpan.Zero);
            var caller = record.CallerMedia!;
            var packets = (long)(record.Duration.TotalSeconds * 50);
            Assert.Equal(packets, caller.PacketsReceived + caller.PacketsLost);
            Assert.Equal(caller.PacketsSent, record.CalleeMedia!.PacketsReceived);
        });
        Assert.InRange(answered.Average(record => record.Duration.TotalMinutes), 1, 8);
    }

    [Fact]
    public void Working_hours_are_busy_and_weekends_are_quiet()
    {
        var byDay = Content.Calls.ToLookup(record => record.Call.Started.DayOfWeek);
        var atWork = Content.Calls.Count(record => record.Call.Started.Hour is >= 8 and < 18);

        Assert.True(byDay[DayOfWeek.Tuesday].Count() > 3 * byDay[DayOfWeek.Saturday].Count() / 2);
        Assert.True(byDay[DayOfWeek.Sunday].Count() < byDay[DayOfWeek.Saturday].Count());
        Assert.InRange(atWork, Content.Calls.Length * 8 / 10, Content.Calls.Length);
    }

    [Fact]
    public void Every_call_has_a_decision_log_in_the_order_of_time_with_its_end_last() =>
        Assert.All(Content.Calls, record =>
        {
            Assert.Equal("tenant", record.Decisions[0].Step);
            Assert.Equal("end", record.Decisions[^1].Step);
            Assert.Equal(record.Decisions.Select(line => line.At).Order(), record.Decisions.Select(line => line.At));
        });

    // The history finds a call by the time in its id.
    [Fact]
    public void A_calls_id_is_a_UUIDv7_of_its_start_as_in_RFC_9562_section_5_7() =>
        Assert.All(Content.Calls, record =>
        {
            Assert.Equal(7, record.Call.Id.Version);
            Assert.Equal(
                Guid.CreateVersion7(record.Call.Started).ToString("N")[..12], record.Call.Id.ToString("N")[..12]);
        });

    private static DemoContent Create(int seed) =>
        DemoContent.Create(seed, Tenant, new NodeIdentity("node", "0001"), Now);

    private static string Describe(CallRecord record) =>
        $"{record.Call} {record.Ended:O} {record.Status} {record.EndedBy} {record.Reason} {record.CallerMedia} "
        + $"{record.CalleeMedia} {string.Join('|', record.Decisions)}";

    private static IEnumerable<(string Number, DateTimeOffset From, DateTimeOffset To)> Engagements(CallRecord record)
    {
        if (record.Call.Caller.Kind == CallPartyKind.Extension)
            yield return (record.Call.Caller.Number, record.Call.Started, record.Ended);
        if (record.Call is { Callee.Kind: CallPartyKind.Extension, Answered: { } answered })
            yield return (record.Call.Callee.Number, answered, record.Ended);
    }
}
