using Bogus;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using Route = TekSipCloud.Contracts.DialPlan.Route;

namespace TekSipCloud.Silo.Demo;

/// <summary>Calls outwards: which routes are tried, and what the far side says.</summary>
internal sealed class DemoTrunk(Randomizer random)
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(140);

    public static CallParty PartyOf(Destination destination, string number) =>
        new(number, destination.Name, CallPartyKind.Destination, $"{destination.Gateway}:{destination.Port}", "");

    public CallRecord Call(DemoCall call, Extension caller, DateTimeOffset latestEnd)
    {
        if (!caller.AllowExternalCalls)
        {
            var reason = $"{call.Number} is no extension, and {caller.Username} may not call outside.";
            return Refuse(call, CallEnd.System, 404, reason);
        }

        foreach (var (route, destination) in DemoDialPlan.RoutesOf(call.Number))
        {
            if (caller.ExternalRoute.Length > 0 && caller.ExternalRoute != destination.Name)
            {
                var reason = $"{caller.Username} may use {caller.ExternalRoute} only";
                call.Say("route", $"Route '{route.Prefix}' to {destination.Name}: {reason}");
                continue;
            }

            if (TakeRoute(call, route, destination, latestEnd) is { } record)
                return record;
        }

        return Refuse(call, CallEnd.System, 503, $"{DemoDialPlan.Backup.Name} answered 503.");
    }

    /// <summary>Null when the destination itself failed, so that the next route is tried.</summary>
    private CallRecord? TakeRoute(DemoCall call, Route route, Destination destination, DateTimeOffset latestEnd)
    {
        var party = PartyOf(destination, call.Number);
        call.Say("route", $"Route '{route.Prefix}' to {destination.Name} as {call.Number}.");
        call.GoTo(destination.Name);
        call.Wait(TimeSpan.FromMilliseconds(random.Int(90, 900)));
        if (random.Double() < 0.03)
        {
            call.Say("candidate", $"{party.Number} at {party.Address}: 503 Service Unavailable");
            return null;
        }

        if (random.Double() < 0.03)
            return Fail(call, party, destination, 404, "Not Found");

        call.Ring(party);
        call.Wait(TimeSpan.FromMilliseconds(random.Int(2_500, 22_000)));
        switch (random.Double())
        {
            case < 0.07:
                return call.End(CallEnd.Caller, 487, "The caller gave up.");
            case < 0.12:
                return Fail(call, party, destination, 486, "Busy Here");
            case < 0.15:
                return Fail(call, party, destination, 480, "Temporarily Unavailable");
            default:
                call.Answer(party);
                return call.Talk(random, Talk, latestEnd);
        }
    }

    private static CallRecord Fail(DemoCall call, CallParty party, Destination destination, int status, string phrase)
    {
        call.Say("candidate", $"{party.Number} at {party.Address}: {status} {phrase}");
        return Refuse(call, CallEnd.Callee, status, $"{destination.Name} answered {status}.");
    }

    private static CallRecord Refuse(DemoCall call, CallEnd by, int status, string reason)
    {
        call.Say("routing", reason);
        return call.End(by, status, reason);
    }
}
