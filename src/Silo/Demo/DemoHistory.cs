using System.Collections.Immutable;
using Bogus;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Silo.Demo;

/// <summary>Five weeks of the demo company's calls: a third among colleagues, a third outwards, a third inwards.</summary>
internal sealed class DemoHistory(
    Faker faker, ImmutableArray<DemoPerson> people, TenantId tenant, NodeIdentity node)
{
    /// <summary>How many calls there are.</summary>
    public const int Calls = 1_500;

    private readonly Randomizer _random = faker.Random;
    private readonly DemoSwitchboard _switchboard = new(faker.Random, people);
    private readonly ImmutableArray<CallParty> _outside = DemoOutside.Create(faker);

    /// <summary>The calls, oldest first; all are over by now.</summary>
    public ImmutableArray<CallRecord> Create(DateTimeOffset now) =>
        [.. DemoCalendar.Starts(_random, Calls, now).Select(start => Create(start, now - TimeSpan.FromSeconds(30)))];

    private CallRecord Create(DateTimeOffset start, DateTimeOffset latestEnd) => _random.Double() switch
    {
        < 0.36 => Inside(start, latestEnd).WithMedia(_random, isOutside: false),
        < 0.70 => Outwards(start, latestEnd).WithMedia(_random, isOutside: true),
        _ => Inwards(start, latestEnd).WithMedia(_random, isOutside: true),
    };

    private CallRecord Inside(DateTimeOffset start, DateTimeOffset latestEnd)
    {
        var caller = _switchboard.FindCaller(start);
        var callee = _switchboard.FindCallee(caller, fromOutside: false);
        var call = Begin(caller.Party, callee.Number, start, $"Digest credentials of {caller.Number}.");
        _switchboard.Occupy(caller);
        var record = _switchboard.Call(call, callee, TimeSpan.FromSeconds(75), latestEnd);
        _switchboard.Free(caller, record.Ended);
        return record;
    }

    private CallRecord Inwards(DateTimeOffset start, DateTimeOffset latestEnd)
    {
        var carrier = _random.Bool(0.95f) ? DemoDialPlan.Carrier : DemoDialPlan.Backup;
        var caller = _random.ArrayElement(_outside.ToArray()) with { Address = $"{carrier.Gateway}:{carrier.Port}" };
        var callee = _switchboard.FindCallee(null, fromOutside: true);
        var call = Begin(caller, callee.Number, start, $"The address of destination {carrier.Name}.");
        call.GoTo(carrier.Name);
        return _switchboard.Call(call, callee, TimeSpan.FromSeconds(190), latestEnd);
    }

    private CallRecord Outwards(DateTimeOffset start, DateTimeOffset latestEnd)
    {
        var caller = _switchboard.FindCaller(start);
        var number = _random.ArrayElement(_outside.ToArray()).Number;
        var call = Begin(caller.Party, number, start, $"Digest credentials of {caller.Number}.");
        _switchboard.Occupy(caller);
        var record = new DemoTrunk(_random).Call(call, caller.Extension, latestEnd);
        _switchboard.Free(caller, record.Ended);
        return record;
    }

    private DemoCall Begin(CallParty caller, string number, DateTimeOffset start, string authentication)
    {
        var call = new DemoCall(_random, tenant, node, caller, number, start);
        call.Say("authentication", authentication);
        return call;
    }
}
