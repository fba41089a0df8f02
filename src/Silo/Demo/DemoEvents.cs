using System.Collections.Immutable;
using Bogus;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Events;

namespace TekSipCloud.Silo.Demo;

/// <summary>A week of the demo tenant's event log: phones that come in the morning.</summary>
internal static class DemoEvents
{
    private const int Days = 7;

    public static ImmutableArray<EventEntry> Create(
        Randomizer random, TenantId tenant, ImmutableArray<DemoPerson> people, DateTimeOffset now) =>
        [.. Registrations(random, tenant, people, now).OrderBy(line => line.At)];

    private static IEnumerable<EventEntry> Registrations(
        Randomizer random, TenantId tenant, ImmutableArray<DemoPerson> people, DateTimeOffset now) =>
        from day in Enumerable.Range(0, Days)
        let midnight = new DateTimeOffset(now.UtcDateTime.Date.AddDays(-day), TimeSpan.Zero)
        where midnight.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        from person in people
        where person.Extension.Enabled
        let arrival = midnight + TimeSpan.FromHours(7.5) + TimeSpan.FromSeconds(random.Int(0, 5_400))
        where arrival < now
        select EventLog.Line(tenant, arrival, EventType.Information, $"'{person.Number}' is registered.");
}
