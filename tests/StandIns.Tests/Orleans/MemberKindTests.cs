using System.Collections.Immutable;
using System.Net;
using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Every kind of member that this product's contracts use is carried.</summary>
public sealed class MemberKindTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Theory, InlineData(0), InlineData(1)]
    public async Task Plain_values_are_carried(int caller)
    {
        var bag = new Bag
        {
            Day = DayOfWeek.Friday,
            At = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(1)),
            For = TimeSpan.FromSeconds(3),
            Id = Guid.NewGuid(),
            Address = IPAddress.Parse("2001:db8::1"),
            Range = (1, "ten"),
            Pair = new Pair<decimal>(1.5m, 2.5m),
        };

        var copy = await Send(caller, bag);

        Assert.Equal((bag.Day, bag.At, bag.For, bag.Id), (copy.Day, copy.At, copy.For, copy.Id));
        Assert.Equal((bag.Address, bag.Range, bag.Pair), (copy.Address, copy.Range, copy.Pair));
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task Collections_are_carried(int caller)
    {
        var bag = new Bag
        {
            Bytes = [1, 2, 3],
            Memory = new byte[] { 4, 5 },
            Points = [new Point(1, 2), new Point(3, 4)],
            Counts = ImmutableDictionary<string, int>.Empty.Add("a", 1),
            Lists = new() { ["a"] = [1, 2], ["b"] = [] },
        };

        var copy = await Send(caller, bag);

        Assert.Equal(bag.Bytes, copy.Bytes);
        Assert.Equal(bag.Memory.ToArray(), copy.Memory.ToArray());
        Assert.Equal([(1, 2), (3, 4)], copy.Points.Select(point => (point.X, point.Y)));
        Assert.Equal(bag.Counts, copy.Counts);
        Assert.Equal(bag.Lists, copy.Lists);
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task Nothing_stays_nothing(int caller)
    {
        var copy = await Send(caller, new Bag { Points = default });

        Assert.True(copy.Points.IsDefault);
        Assert.Equal((null, null, null, null), (copy.For, copy.Address, copy.Shape, copy.Anything));
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_value_behind_object_is_carried_by_its_own_type(int caller) =>
        Assert.Equal(new Circle { Name = "ring", Radius = 1 }, (await Send(caller, new Bag { Anything = new Circle { Name = "ring", Radius = 1 } })).Anything);

    [Theory, InlineData(0), InlineData(1)]
    public async Task One_object_passed_twice_in_a_call_is_one_object_for_the_grain(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);
        var list = new List<int> { 1 };

        Assert.True(await grain.AreSame(list, list).Soon());
    }

    private async Task<Bag> Send(int caller, Bag bag) => await (await silos.New<IEchoGrain>(caller)).Pack(bag).Soon();
}
