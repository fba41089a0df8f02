using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transactions;

public sealed class SignallingLoopTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly FakeClock _clock = new();
    private readonly List<string> _done = [];
    private readonly SignallingLoop _loop;

    public SignallingLoopTests() => _loop = Make();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public void Work_runs_in_the_order_in_which_it_was_posted()
    {
        Post("a");
        Post("b");
        Post("c");

        Assert.Equal(3, _loop.RunUntilIdle());
        Assert.Equal(["a", "b", "c"], _done);
    }

    [Fact]
    public void A_failing_piece_of_work_is_counted_and_the_next_one_runs()
    {
        _loop.Post(static () => throw new InvalidOperationException("test"));
        _loop.Schedule(TimeSpan.Zero, static _ => throw new InvalidOperationException("test"), null);
        Post("after");
        Pass(0.01);

        Assert.Equal(2, _loop.Faults);
        Assert.Equal(["after"], _done);
    }

    [Fact]
    public void A_full_queue_refuses_and_counts_what_it_refuses()
    {
        using var loop = Make(capacity: 2);

        Assert.True(loop.Post(static () => { }));
        Assert.True(loop.Post(static () => { }));
        Assert.False(loop.Post(static () => { }));
        Assert.Equal(1, loop.Dropped);

        loop.RunUntilIdle();
        Assert.True(loop.Post(static () => { }));
    }

    [Fact]
    public void Async_work_resumes_on_the_loop_in_order()
    {
        var source = new TaskCompletionSource();
        _loop.Run(async () =>
        {
            await source.Task;
            _done.Add($"resumed {_loop.IsCurrent}");
        });
        _loop.RunUntilIdle();
        source.SetResult();
        Post("posted later");
        _loop.RunUntilIdle();

        Assert.Equal(["resumed True", "posted later"], _done);
    }

    [Fact]
    public void The_fault_of_async_work_is_counted()
    {
        var source = new TaskCompletionSource();
        _loop.Run(async () =>
        {
            await source.Task;
            throw new InvalidOperationException("test");
        });
        _loop.RunUntilIdle();
        source.SetResult();
        _loop.RunUntilIdle();

        Assert.Equal(1, _loop.Faults);
    }

    [Fact]
    public void Continuations_are_taken_even_when_the_queue_is_full()
    {
        using var loop = Make(capacity: 1);
        var source = new TaskCompletionSource();
        var resumed = false;
        loop.Run(async () =>
        {
            await source.Task;
            resumed = true;
        });
        loop.RunUntilIdle();
        loop.Post(static () => { });
        source.SetResult();
        loop.RunUntilIdle();

        Assert.True(resumed);
    }

    [Fact]
    public void A_loop_driven_by_hand_leaves_no_trace_on_the_thread()
    {
        var before = SynchronizationContext.Current;
        _loop.RunUntilIdle();

        Assert.Same(before, SynchronizationContext.Current);
        Assert.Null(SignallingLoop.Current);
    }

    [Fact]
    public void Timers_fire_in_due_order_and_never_early()
    {
        Schedule(0.03, "30");
        Schedule(0.01, "10");
        Schedule(60, "60 s");
        Schedule(0.02, "20");

        Pass(0.025);
        Assert.Equal(["10", "20"], _done);
        Pass(0.01);
        Assert.Equal(["10", "20", "30"], _done);
        Pass(59.9);
        Assert.Equal(3, _done.Count);
        Pass(0.2);
        Assert.Equal("60 s", _done[^1]);
        Assert.Equal(0, _loop.TimerCount);
    }

    [Fact]
    public void A_cancelled_timer_does_not_fire_even_from_the_callback_before_it()
    {
        ILoopTimer? second = null;
        _loop.Schedule(TimeSpan.FromSeconds(1), _ => second!.Cancel(), null);
        second = _loop.Schedule(TimeSpan.FromSeconds(1), _ => _done.Add("second"), null);
        Pass(2);

        Assert.Empty(_done);
        Assert.False(second.IsPending);
    }

    [Fact]
    public void A_timer_changed_before_it_is_due_fires_once_at_the_new_time()
    {
        var timer = Schedule(1, "x");
        Pass(0.9);
        timer.Change(TimeSpan.FromSeconds(1));
        Pass(0.9);
        Assert.Empty(_done);
        Pass(0.2);
        Assert.Equal(["x"], _done);
    }

    [Fact]
    public void A_timer_may_arm_itself_again()
    {
        var count = 0;
        ILoopTimer? timer = null;
        timer = _loop.Schedule(
            TimeSpan.FromSeconds(1),
            _ =>
            {
                if (++count < 3)
                    timer!.Change(TimeSpan.FromSeconds(1));
            },
            null);
        for (var second = 0; second < 5; second++)
            Pass(1.01);

        Assert.Equal(3, count);
    }

    [Fact]
    public void The_next_due_time_is_known_and_null_without_timers()
    {
        Assert.Null(_loop.NextDue);
        Schedule(1.5, "x");

        Assert.Equal(TimeSpan.FromSeconds(1.5), _loop.NextDue);
    }

    [Fact]
    public void Posting_with_a_static_callback_allocates_nothing()
    {
        static void Run(SignallingLoop loop)
        {
            for (var i = 0; i < 1000; i++)
                loop.Post(static (_, _) => { }, loop, loop);
            loop.RunUntilIdle();
        }

        Allocations.AssertNone(() => Run(_loop));
    }

    [Fact]
    public async Task A_started_loop_does_posted_work_and_timers_on_its_own_thread()
    {
        using var loop = new SignallingLoop("own thread", TimeProvider.System, NullLogger<SignallingLoop>.Instance);
        var posted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var fired = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Start();
        loop.Post(() =>
        {
            posted.SetResult(loop.IsCurrent);
            loop.Schedule(TimeSpan.FromMilliseconds(20), _ => fired.SetResult(loop.IsCurrent), null);
        });

        Assert.True(await posted.Task.WaitAsync(Soon));
        Assert.True(await fired.Task.WaitAsync(Soon));
    }

    [Fact]
    public void Stopping_runs_out_what_was_accepted_and_refuses_more()
    {
        var loop = new SignallingLoop("stopping", TimeProvider.System, NullLogger<SignallingLoop>.Instance);
        var done = 0;
        for (var i = 0; i < 1000; i++)
            loop.Post(() => done++);
        loop.Start();
        loop.Stop();

        Assert.Equal(1000, done);
        Assert.False(loop.Post(static () => { }));
    }

    [Fact]
    public async Task Work_posted_by_many_threads_is_all_done()
    {
        using var loop = new SignallingLoop("many", TimeProvider.System, NullLogger<SignallingLoop>.Instance, capacity: 1_000_000);
        loop.Start();
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
                loop.Post(() => done++);
        }))).WaitAsync(Soon);
        loop.Stop();

        Assert.Equal(20_000, done);
    }

    private SignallingLoop Make(int capacity = 1000) => new("test", _clock, NullLogger<SignallingLoop>.Instance, capacity);

    private void Post(string word) => _loop.Post(() => _done.Add(word));

    private ILoopTimer Schedule(double seconds, string word) =>
        _loop.Schedule(TimeSpan.FromSeconds(seconds), _ => _done.Add(word), null);

    private void Pass(double seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        _loop.RunUntilIdle();
    }
}
