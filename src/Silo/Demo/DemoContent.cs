using System.Collections.Immutable;
using Bogus;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using Route = TekSipCloud.Contracts.DialPlan.Route;

namespace TekSipCloud.Silo.Demo;

/// <summary>Everything the demo tenant is made of.</summary>
internal sealed record DemoContent
{
    public required ImmutableArray<Extension> Extensions { get; init; }

    public required ImmutableArray<Destination> Destinations { get; init; }

    public required ImmutableArray<Route> Routes { get; init; }

    public required ImmutableArray<IpFilter> IpFilters { get; init; }

    /// <summary>Blocked addresses with what they called themselves.</summary>
    public required ImmutableArray<(string Address, string UserAgent)> Quarantined { get; init; }

    /// <summary>Oldest first.</summary>
    public required ImmutableArray<CallRecord> Calls { get; init; }

    public required ImmutableArray<EventEntry> Events { get; init; }

    /// <summary>The content of a seed as of a moment; the same for the same two.</summary>
    public static DemoContent Create(int seed, TenantId tenant, NodeIdentity node, DateTimeOffset now)
    {
        var faker = new Faker("en") { Random = new Randomizer(seed) };
        var people = DemoPeople.Create(faker);
        var calls = new DemoHistory(faker, people, tenant, node).Create(now);
        return new DemoContent
        {
            Extensions = [.. people.Select(person => person.Extension)],
            Destinations = DemoDialPlan.Destinations,
            Routes = DemoDialPlan.Routes,
            IpFilters = DemoDialPlan.IpFilters,
            Quarantined = DemoDialPlan.Quarantined,
            Calls = calls,
            Events = DemoEvents.Create(faker.Random, tenant, people, now),
        };
    }
}
