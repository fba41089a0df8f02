using TekSipCloud.Contracts.Counters;
using TekSipCloud.Grains.Counters;

namespace TekSipCloud.Grains.Tests.Counters;

public sealed class CountersStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Counts_and_levels_of_all_nodes_are_summed()
    {
        var state = CountersState.Zero.Report("a", Report("01", calls: 5, sessions: 2)).Report("b", Report("01", calls: 7, sessions: 1));

        Assert.Equal((12, 3), Read(state, Now));
    }

    [Fact]
    public void A_restarted_node_counts_on_but_its_old_levels_are_gone()
    {
        var state = CountersState.Zero.Report("a", Report("01", calls: 5, sessions: 2)).Report("a", Report("02", calls: 1, sessions: 1));

        Assert.Equal((6, 1), Read(state, Now));
    }

    [Fact]
    public void A_late_report_of_an_earlier_start_changes_nothing()
    {
        var state = CountersState.Zero.Report("a", Report("02", calls: 1, sessions: 1));

        Assert.Same(state, state.Report("a", Report("01", calls: 9, sessions: 9)));
    }

    [Fact]
    public void Levels_of_a_silent_dead_node_stop_counting_after_ten_seconds_and_a_live_ones_never()
    {
        var state = CountersState.Zero.Report("a", Report("01", calls: 5, sessions: 2));

        Assert.Equal((5, 2), Read(state, Now.AddSeconds(9)));
        Assert.Equal((5, 0), Read(state, Now.AddSeconds(10)));
        Assert.Equal((5, 2), Read(state, Now.AddSeconds(10), isLive: true));
    }

    [Fact]
    public void Clear_starts_the_counts_anew_and_leaves_the_levels()
    {
        var state = CountersState.Zero.Report("a", Report("01", calls: 5, sessions: 2)).Clear();
        Assert.Equal((0, 2), Read(state, Now));

        state = state.Report("a", Report("01", calls: 8, sessions: 2)).Report("a", Report("02", calls: 1, sessions: 0));
        Assert.Equal((4, 0), Read(state, Now));
    }

    private static NodeReport Report(string incarnation, long calls, long sessions)
    {
        var values = new long[CountersState.Count];
        values[(int)Counter.SuccessfulCalls] = calls;
        values[(int)Counter.ActiveSessions] = sessions;
        return new(incarnation, [.. values], Now);
    }

    private static (long Calls, long Sessions) Read(CountersState state, DateTimeOffset now, bool isLive = false)
    {
        var values = state.Read(now, (_, _) => isLive);
        return (values[(int)Counter.SuccessfulCalls], values[(int)Counter.ActiveSessions]);
    }
}
