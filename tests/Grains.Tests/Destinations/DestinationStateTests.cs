using TekSipCloud.Contracts;
using TekSipCloud.Grains.Destinations;

namespace TekSipCloud.Grains.Tests.Destinations;

public sealed class DestinationStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private readonly DestinationState _state = new();

    [Fact]
    public void A_call_beyond_the_capacity_is_refused_until_one_ends()
    {
        var first = Guid.NewGuid();
        Assert.True(_state.Take(first, 1, Now).IsSuccess);
        Assert.True(_state.Take(first, 1, Now).IsSuccess);
        Assert.Equal(ProblemKind.OverLimit, _state.Take(Guid.NewGuid(), 1, Now).Problem?.Kind);

        _state.Release(first);
        _state.Release(first);

        Assert.True(_state.Take(Guid.NewGuid(), 1, Now).IsSuccess);
    }

    [Fact]
    public void Capacity_zero_is_no_limit()
    {
        for (var i = 0; i < 100; i++)
            Assert.True(_state.Take(Guid.NewGuid(), 0, Now).IsSuccess);

        Assert.Equal(100, _state.Count);
    }

    [Fact]
    public void A_dead_nodes_calls_give_their_places_back_but_young_ones_keep_them()
    {
        var (old, running, young) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        _state.Take(old, 0, Now);
        _state.Take(running, 0, Now);
        _state.Take(young, 0, Now.AddSeconds(50));

        _state.ReleaseAbandoned(new HashSet<Guid> { running }, Now.AddSeconds(30));

        Assert.Equal(2, _state.Count);
    }
}
