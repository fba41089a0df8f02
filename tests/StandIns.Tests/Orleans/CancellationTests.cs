using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>A caller's cancellation token reaches the grain, in the same silo and in another.</summary>
public sealed class CancellationTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Theory, InlineData(0), InlineData(1)]
    public async Task A_cancelled_call_ends_for_its_caller_and_its_grain_learns_of_it(int caller)
    {
        var grain = await silos.New<ICancellableGrain>(caller);
        var (name, gate) = Gate.New();
        using var cancel = new CancellationTokenSource();
        var waiting = grain.WaitForCancellation(name, cancel.Token);
        await gate.Entered;

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        await grain.WasCancelled().Soon();
    }

    [Fact]
    public async Task A_call_that_times_out_cancels_the_grains_token()
    {
        var grain = await silos.New<ICancellableGrain>(0);
        var (name, _) = Gate.New();

        await Assert.ThrowsAsync<TimeoutException>(() => grain.WaitTooLong(name, CancellationToken.None).Soon());

        await grain.WasCancelled().Soon();
    }

    [Fact]
    public async Task A_call_with_a_cancelled_token_is_not_made()
    {
        var grain = await silos.New<ICancellableGrain>(0);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.IsCancelled(new CancellationToken(canceled: true)).Soon());
    }

    [Fact]
    public async Task A_token_that_nobody_cancels_is_not_cancelled()
    {
        var grain = await silos.New<ICancellableGrain>(1);

        Assert.False(await grain.IsCancelled(CancellationToken.None).Soon());
    }
}
