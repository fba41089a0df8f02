using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Whatever the preferences and whatever the devices say: nobody is asked before somebody who is preferred has failed, and nobody twice (RFC 3261 §16.6).</summary>
public sealed class ForkByPreferenceProperties
{
    private enum Reply
    {
        Refuses,
        RingsOn,
        Answers,
    }

    [Fact]
    public void Devices_are_asked_once_by_falling_q_and_an_answer_leaves_nobody_ringing() =>
        Prop.ForAll(Devices(), devices => Run(devices).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static Arbitrary<(int Q, Reply Reply)[]> Devices()
    {
        var device =
            from q in Gen.Elements(0, 250, 500, 750, 1000)
            from reply in Gen.Elements(Reply.Refuses, Reply.Refuses, Reply.RingsOn, Reply.Answers)
            select (q, reply);
        return Gen.Choose(1, 5).SelectMany(count => Gen.ArrayOf(device, count)).ToArbitrary();
    }

    private static async Task Run((int Q, Reply Reply)[] devices)
    {
        await using var script = new SipScript();
        script.Configure(settings => settings with { RingTimeout = TimeSpan.FromSeconds(50) });
        var phones = devices.Select(device => (Phone: Device(script, device.Q), device.Q, device.Reply)).ToArray();
        var call = script.Registered("101").Invites("102");

        var turns = phones.GroupBy(device => device.Q).OrderByDescending(turn => turn.Key).ToArray();
        var isAnswered = turns.Any(turn => Ring(script, [.. turn.Select(device => (device.Phone.GetsCall(), device.Reply))]));

        foreach (var (phone, _, _) in phones)
            phone.GetsNothing();
        Assert.Equal(isAnswered, call.Phone.Flow.Inbox.Exists(message => message.StatusCode == 200));
        if (isAnswered)
        {
            call.Phone.Ignores();
            call.Sends("BYE");
        }
        await script.LeavesNothing();
    }

    /// <summary>One turn; whether somebody answered. Who rings on is cancelled, by the answer or by time.</summary>
    private static bool Ring(SipScript script, (PhoneCall Call, Reply Reply)[] turn)
    {
        foreach (var (call, _) in turn.Where(device => device.Reply == Reply.Refuses))
        {
            call.Sends(486);
            call.Gets("ACK");
        }

        var ringing = turn.Where(device => device.Reply != Reply.Refuses).Select(device => device.Call).ToList();
        foreach (var call in ringing)
            call.Sends(180);
        var winner = turn.FirstOrDefault(device => device.Reply == Reply.Answers).Call;
        if (winner is not null)
        {
            winner.Answers();
            winner.Gets("ACK");
            ringing.Remove(winner);
        }
        else
        {
            // Until their share of the ring time is over, and no longer: a CANCEL without an answer is repeated.
            for (var left = 250; left > 0 && ringing.Exists(call => !IsCancelled(call)); left--)
                script.Passes(0.2);
        }

        foreach (var call in ringing)
        {
            call.Gets("CANCEL");
            call.Sends(200, to: "CANCEL");
            call.Sends(487);
            call.Gets("ACK");
        }

        return winner is not null;
    }

    private static bool IsCancelled(PhoneCall call) => call.Phone.Flow.Inbox.Exists(message => Phone.IsRequest(message, "CANCEL"));

    private static Phone Device(SipScript script, int q)
    {
        var phone = script.Phone("102");
        return phone.Registers(FormattableString.Invariant($"{phone.Contact};q={q / 1000m}"));
    }
}
