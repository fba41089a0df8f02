using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>How activations begin and end.</summary>
public sealed class ActivationTests(OneSilo silo) : IClassFixture<OneSilo>
{
    [Fact]
    public async Task Concurrent_first_calls_make_one_activation()
    {
        var key = NewKey();

        var calls = Enumerable.Range(0, 64).Select(_ => Task.Run(() => silo.Get<ILifeGrain>(key).Number()));

        Assert.All(await Task.WhenAll(calls).Soon(), number => Assert.Equal(1, number));
        Assert.Equal(1, Lives.Of(key).Begun);
    }

    [Fact]
    public async Task What_OnActivateAsync_throws_reaches_the_caller()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Get<IUnwillingGrain>().Call().Soon());

        Assert.Equal("I will not.", error.Message);
    }

    [Fact]
    public async Task A_grain_that_ended_itself_is_activated_anew_by_the_next_call()
    {
        var grain = silo.Get<ILifeGrain>();
        await grain.End().Soon();

        Assert.Equal(2, await grain.Number().Soon());
    }

    [Fact]
    public async Task A_grain_is_told_why_it_ends()
    {
        var key = NewKey();
        await silo.Get<ILifeGrain>(key).End().Soon();

        Assert.Equal(DeactivationReasonCode.ApplicationRequested, await Lives.Of(key).NextEnd());
    }

    [Fact]
    public async Task A_running_request_ends_before_its_activation_does_and_waiting_ones_go_to_the_next()
    {
        var grain = silo.Get<ILifeGrain>();
        var (name, gate) = Gate.New();
        var ending = grain.EndAfter(name);
        await gate.Entered;
        var waiting = grain.Number();
        Assert.Equal(1, Lives.Of(grain.GetPrimaryKeyString()).Begun);

        gate.Open();
        await ending.Soon();

        Assert.Equal(2, await waiting.Soon());
    }

    [Fact]
    public async Task An_idle_activation_is_collected_when_collection_is_forced()
    {
        var key = NewKey();
        await silo.Get<ILifeGrain>(key).Number().Soon();

        await silo.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero).Soon();

        Assert.Equal(DeactivationReasonCode.ActivationIdle, await Lives.Of(key).NextEnd());
    }

    [Fact]
    public async Task An_activation_that_wishes_to_stay_is_not_collected()
    {
        var grain = silo.Get<ILifeGrain>();
        await grain.Keep(TimeSpan.FromHours(1)).Soon();

        await silo.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero).Soon();

        Assert.Equal(1, await grain.Number().Soon());
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
