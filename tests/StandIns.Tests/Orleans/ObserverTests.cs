using System.Runtime.CompilerServices;
using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Observers: objects outside the grains that grains call, from the same silo and from another.</summary>
public sealed class ObserverTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Theory, InlineData(0), InlineData(1)]
    public async Task An_observer_hears_what_a_grain_says(int caller)
    {
        var grain = await silos.New<ISpeakerGrain>(caller);
        var listener = new Listener();
        await grain.Subscribe(silos.Grains(caller).CreateObjectReference<IListener>(listener)).Soon();

        await grain.Say("hello").Soon();

        Assert.Equal("hello", await listener.Next());
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task An_observer_hears_in_the_order_of_speaking(int caller)
    {
        var grain = await silos.New<ISpeakerGrain>(caller);
        var listener = new Listener();
        await grain.Subscribe(silos.Grains(caller).CreateObjectReference<IListener>(listener)).Soon();

        await grain.Say("one").Soon();
        await grain.Say("two").Soon();

        Assert.Equal(("one", "two"), (await listener.Next(), await listener.Next()));
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task An_observer_can_answer(int caller)
    {
        var grain = await silos.New<ISpeakerGrain>(caller);
        var listener = new Listener();
        var reference = silos.Grains(caller).CreateObjectReference<IListener>(listener);

        Assert.Equal("yoyo", await grain.AskOne(reference, "yo").Soon());
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task A_deleted_observer_hears_nothing_and_a_call_of_it_times_out()
    {
        var grain = await silos.New<ISpeakerGrain>(0);
        var listener = new Listener();
        var reference = silos.Grains(0).CreateObjectReference<IListener>(listener);
        silos.Grains(0).DeleteObjectReference<IListener>(reference);

        await Assert.ThrowsAsync<TimeoutException>(() => grain.AskToWait(reference).Soon());
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task An_observer_is_held_weakly()
    {
        var grain = await silos.New<ISpeakerGrain>(0);
        var (reference, weak) = MakeAndForget(silos.Grains(0));
        for (var i = 0; i < 10 && IsAlive(weak); i++)
            GC.Collect();

        Assert.False(IsAlive(weak));
        await Assert.ThrowsAsync<TimeoutException>(() => grain.AskToWait(reference).Soon());
    }

    [Fact]
    public async Task Two_references_to_one_observer_are_equal()
    {
        var grain = await silos.New<ISpeakerGrain>(1);
        var listener = new Listener();
        var reference = silos.Grains(1).CreateObjectReference<IListener>(listener);
        await grain.Subscribe(reference).Soon();
        await grain.Subscribe(reference).Soon();

        Assert.True(await grain.IsSame(reference).Soon());
        Assert.Equal(1, await grain.CountListeners().Soon());
        GC.KeepAlive(listener);
    }

    [Fact]
    public void An_object_becomes_an_observer_only_once() => Assert.ThrowsAny<ArgumentException>(() =>
        silos.Grains(0).CreateObjectReference<IListener>(silos.Grains(0).CreateObjectReference<IListener>(new Listener())));

    // Apart, so that no local of the test keeps the listener alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsAlive(WeakReference<Listener> weak) => weak.TryGetTarget(out _);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (IListener Reference, WeakReference<Listener> Weak) MakeAndForget(IGrainFactory grains)
    {
        var listener = new Listener();
        return (grains.CreateObjectReference<IListener>(listener), new(listener));
    }
}
