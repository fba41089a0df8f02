using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Gateway.Overload;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Overload;

/// <summary>How late a loop is.</summary>
public sealed class LoopProbeTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly SignallingLoop _loop;
    private readonly LoopProbe _probe;

    public LoopProbeTests()
    {
        _loop = new SignallingLoop("test", _clock, NullLogger<SignallingLoop>.Instance, capacity: 1);
        _probe = new LoopProbe(_loop, _clock);
    }

    public void Dispose() => _loop.Dispose();

    [Fact]
    public void A_probe_under_way_counts_with_the_time_it_has_taken_so_far()
    {
        _probe.Read();

        Passes(70);

        Assert.Equal(70, Read());
    }

    [Fact]
    public void A_probe_that_arrived_tells_how_long_it_took()
    {
        _probe.Read();
        Passes(30);
        _loop.RunUntilIdle();
        Passes(20);

        Assert.Equal(30, Read());
    }

    [Fact]
    public void A_full_loop_is_asked_again()
    {
        _loop.Post(static () => { });
        _probe.Read();
        _loop.RunUntilIdle();

        _probe.Read();
        Passes(40);

        Assert.Equal(40, Read());
    }

    [Fact]
    public void A_loop_that_sleeps_is_not_woken_to_be_asked()
    {
        _loop.Start();
        Assert.True(SpinWait.SpinUntil(() => _loop.IsAsleep, TimeSpan.FromSeconds(30)));

        _probe.Read();
        Passes(70);

        Assert.Equal(0, Read());
        Assert.True(_loop.IsAsleep);
    }

    private double Read() => _probe.Read().TotalMilliseconds;

    private void Passes(double milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
