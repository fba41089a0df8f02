using System.Collections.Immutable;
using Bogus;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Events;

namespace TekSipCloud.Silo.Demo;

/// <summary>A week of the demo tenant's event log: phones that come in the morning, calls that end.</summary>
internal static class DemoEvents
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(7);

    public static ImmutableArray<EventEntry> Create(
        Randomizer random,
        TenantId tenant,
        ImmutableArray<DemoPerson> people,
        ImmutableArray<CallRecord> calls,
        DateTimeOffset now) =>
        [.. Calls(tenant, calls, now - Span).Concat(Registrations(random, tenant, people, now)).OrderBy(line => line.At)];

    private static IEnumerable<EventEntry> Calls(TenantId tenant, IEnumerable<CallRecord> calls, DateTimeOffset since) => calls
        .Where(record => record.Ended >= since)
        .Select(record => EventLog.Line(tenant, record.Ended, EventType.Information, Describe(record)));

    private static string Describe(CallRecord record)
    {
        var outcome = record.Call.State == CallState.Answered
            ? $"ended after {record.Duration.TotalSeconds:0} s"
            : $"failed with {record.Status}";
        return $"Call from {record.Call.Caller.Number} to {record.Call.Callee.Number} {outcome}. {record.Reason}";
    }

    private static IEnumerable<EventEntry> Registrations(
        Randomizer random, TenantId tenant, ImmutableArray<DemoPerson> people, DateTimeOffset now) =>
        from day in Enumerable.Range(0, Span.Days)
        let midnight = new DateTimeOffset(now.UtcDateTime.Date.AddDays(-day), TimeSpan.Zero)
        where midnight.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        from person in people
        where person.Extension.Enabled
        let arrival = midnight + TimeSpan.FromHours(7.5) + TimeSpan.FromSeconds(random.Int(0, 5_400))
        where arrival < now
        select EventLog.Line(tenant, arrival, EventType.Information, $"'{person.Number}' is registered.");
}
