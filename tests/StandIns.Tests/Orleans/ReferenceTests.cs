using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Grain ids and references.</summary>
public sealed class ReferenceTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Fact]
    public void References_to_one_grain_are_equal()
    {
        var one = silos.Grains(0).GetGrain<ILifeGrain>("a");
        var same = silos.Grains(0).GetGrain<ILifeGrain>("a");
        var other = silos.Grains(0).GetGrain<ILifeGrain>("b");

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void An_id_is_printed_as_type_and_key()
    {
        var grain = silos.Grains(0).GetGrain<ILifeGrain>("tenant/100");

        Assert.Equal("life/tenant/100", grain.GetGrainId().ToString());
        Assert.Equal("tenant/100", grain.GetPrimaryKeyString());
    }

    [Fact]
    public void The_type_of_a_grain_class_without_a_name_is_its_own_without_Grain() =>
        Assert.Equal("echo/x", silos.Grains(0).GetGrain<IEchoGrain>("x").GetGrainId().ToString());

    [Theory, InlineData(0L), InlineData(255L), InlineData(-1L), InlineData(long.MinValue)]
    public void An_integer_key_is_read_back(long key) =>
        Assert.Equal(key, silos.Grains(0).GetGrain<IManagementGrain>(key).GetPrimaryKeyLong());

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_reference_can_be_an_argument(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);
        var other = await silos.New<IEchoGrain>(caller);

        Assert.Equal($"from {grain.GetPrimaryKeyString()}", await grain.Introduce(other).Soon());
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_grain_can_hand_out_a_reference_to_itself(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);

        Assert.Equal(grain, await grain.Myself().Soon());
    }

    [Fact]
    public async Task An_id_is_enough_to_make_a_reference()
    {
        var grain = await silos.New<IEchoGrain>(0);

        var same = silos.Grains(1).GetGrain<IEchoGrain>(grain.GetGrainId());

        Assert.Equal(await grain.Where().Soon(), await same.Where().Soon());
    }
}
