using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>The wheel against the simplest model of it: a list of due times.</summary>
public sealed class TimerWheelProperties
{
    // Up to three turns of the wheel.
    private const int LongestDelay = 12_000;

    [Fact]
    public void Timers_fire_at_their_tick_in_due_order_and_cancelled_ones_never()
    {
        var step = Gen.Choose(0, 2).Zip(Gen.Choose(0, LongestDelay));
        Prop.ForAll(step.ArrayOf().ToArbitrary(), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static bool Agrees((int Kind, int Ticks)[] steps)
    {
        using var loop = new SignallingLoop("wheel", new FakeClock(), NullLogger<SignallingLoop>.Instance);
        var wheel = new TimerWheel();
        var armed = new List<LoopTimer>();
        var now = 0L;
        foreach (var (kind, ticks) in steps)
        {
            switch (kind)
            {
                case 0:
                    armed.Add(Arm(wheel, loop, now + ticks, now));
                    break;
                case 1 when armed.Count > 0:
                    wheel.Remove(armed[ticks % armed.Count]);
                    armed.RemoveAt(ticks % armed.Count);
                    break;
                default:
                    now += ticks;
                    if (!Fires(wheel, armed, now))
                        return false;
                    break;
            }
        }
        return wheel.Count == armed.Count && Fires(wheel, armed, now + LongestDelay + 1) && wheel.Count == 0;
    }

    private static LoopTimer Arm(TimerWheel wheel, SignallingLoop loop, long dueTick, long now)
    {
        var timer = new LoopTimer(loop, static _ => { }, null);
        wheel.Add(timer, dueTick, now);
        return timer;
    }

    private static bool Fires(TimerWheel wheel, List<LoopTimer> armed, long now)
    {
        var expected = armed.Where(timer => timer.DueTick <= now).ToHashSet();
        var isEarliestKnown = wheel.NextDueTick() <= armed.Select(timer => timer.DueTick).DefaultIfEmpty(long.MaxValue).Min();
        var fired = new List<LoopTimer>();
        while (wheel.TakeDue(now) is { } timer)
            fired.Add(timer);

        armed.RemoveAll(expected.Contains);
        return isEarliestKnown
            && expected.SetEquals(fired)
            && fired.Count == expected.Count
            && fired.Zip(fired.Skip(1)).All(pair => pair.First.DueTick <= pair.Second.DueTick);
    }
}
