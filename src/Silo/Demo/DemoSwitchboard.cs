using System.Collections.Immutable;
using Bogus;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Silo.Demo;

/// <summary>Calls to extensions: who is free, who answers, and where the call goes when nobody does.</summary>
internal sealed class DemoSwitchboard(Randomizer random, ImmutableArray<DemoPerson> people)
{
    private static readonly TimeSpan RingTimeout = TimeSpan.FromSeconds(60);
    private readonly Dictionary<string, DateTimeOffset> _busyUntil = [];

    public DemoPerson FindCaller(DateTimeOffset at) =>
        random.Pick(
            [.. people.Where(person => person.Extension.Enabled && !IsBusy(person, at))],
            person => person.Department.Calls);

    public DemoPerson FindCallee(DemoPerson? caller, bool fromOutside) => random.Pick(
        [.. people.Where(person => person != caller && (person.Extension.Enabled || random.Bool(0.1f)))],
        person => fromOutside ? person.Department.Called : 1);

    public void Occupy(DemoPerson person) => _busyUntil[person.Number] = DateTimeOffset.MaxValue;

    public void Free(DemoPerson person, DateTimeOffset at) => _busyUntil[person.Number] = at;

    /// <summary>Takes the call to an extension and to where it redirects.</summary>
    public CallRecord Call(DemoCall call, DemoPerson callee, TimeSpan talk, DateTimeOffset latestEnd)
    {
        if (!callee.Extension.Enabled)
            return Refuse(call, CallEnd.System, 404, $"{callee.Number} is disabled.");

        if (random.Double() < 0.04)
            return Redirect(call, callee, talk, latestEnd, CallEnd.System, 480, $"{callee.Number} is not registered.");

        call.Say("extension", $"{callee.Number} has 1 device(s) registered.");
        call.Wait(TimeSpan.FromMilliseconds(random.Int(20, 90)));
        if (IsBusy(callee, call.Now))
        {
            call.Say("candidate", $"{callee.Number} at {callee.Address}: 486 Busy Here");
            return Redirect(call, callee, talk, latestEnd, CallEnd.Callee, 486, $"{callee.Number} is busy.");
        }

        call.Ring(callee.Party);
        return random.Double() switch
        {
            < 0.06 => GiveUp(call),
            < 0.08 => Decline(call, callee),
            < 0.17 => StaySilent(call, callee, talk, latestEnd),
            _ => Answer(call, callee, talk, latestEnd),
        };
    }

    private bool IsBusy(DemoPerson person, DateTimeOffset at) =>
        _busyUntil.TryGetValue(person.Number, out var until) && until > at;

    private CallRecord Answer(DemoCall call, DemoPerson callee, TimeSpan talk, DateTimeOffset latestEnd)
    {
        call.Wait(TimeSpan.FromMilliseconds(random.Int(1_500, 18_000)));
        call.Answer(callee.Party);
        var record = call.Talk(random, talk, latestEnd);
        Free(callee, record.Ended);
        return record;
    }

    private CallRecord GiveUp(DemoCall call)
    {
        call.Wait(TimeSpan.FromMilliseconds(random.Int(3_000, 40_000)));
        return call.End(CallEnd.Caller, 487, "The caller gave up.");
    }

    private CallRecord Decline(DemoCall call, DemoPerson callee)
    {
        call.Wait(TimeSpan.FromMilliseconds(random.Int(1_000, 9_000)));
        call.Say("candidate", $"{callee.Number} at {callee.Address}: 603 Decline");
        return Refuse(call, CallEnd.Callee, 603, $"{callee.Number} answered 603.");
    }

    private CallRecord StaySilent(DemoCall call, DemoPerson callee, TimeSpan talk, DateTimeOffset latestEnd)
    {
        call.Wait(RingTimeout);
        call.Say("ringing", $"Nobody answered within {RingTimeout.TotalSeconds:0} s.");
        return Redirect(call, callee, talk, latestEnd, CallEnd.System, 480, $"{callee.Number} did not answer.");
    }

    private CallRecord Redirect(
        DemoCall call, DemoPerson from, TimeSpan talk, DateTimeOffset latestEnd, CallEnd by, int status, string reason)
    {
        call.Say("routing", reason);
        var target = from.Extension.Redirection;
        if (target.Length == 0)
            return call.End(by, status, reason);

        call.Say("redirection", $"{from.Number} redirects to {target}.");
        if (target != Extension.VoiceMail)
            return Call(call, people.First(person => person.Number == target), talk, latestEnd);

        call.GoTo(DemoDialPlan.Pbx.Name);
        call.Wait(TimeSpan.FromMilliseconds(random.Int(200, 900)));
        call.Answer(DemoTrunk.PartyOf(DemoDialPlan.Pbx, call.Number));
        return call.Talk(random, TimeSpan.FromSeconds(25), latestEnd);
    }

    private static CallRecord Refuse(DemoCall call, CallEnd by, int status, string reason)
    {
        call.Say("routing", reason);
        return call.End(by, status, reason);
    }
}
