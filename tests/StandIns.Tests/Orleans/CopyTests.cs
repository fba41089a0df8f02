using Orleans.Serialization;
using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>What crosses a grain boundary is a copy of the numbered members, within a silo and between two.</summary>
public sealed class CopyTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Theory, InlineData(0), InlineData(1)]
    public async Task A_member_without_an_Id_is_lost(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);

        var copy = await grain.Write(new Note { Text = "kept", Lost = "lost" }).Soon();

        Assert.Equal(("kept", "as constructed"), (copy.Text, copy.Lost));
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_private_member_with_an_Id_is_carried(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);

        Assert.Equal(42, (await grain.Write(new Note { Secret = 42 }).Soon()).Secret);
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task An_argument_changed_after_the_call_is_not_changed_for_the_grain(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);
        var note = new Note { Text = "before" };
        await grain.Write(note).Soon();

        note.Text = "after";

        Assert.Equal("before", await grain.Kept().Soon());
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_result_changed_by_the_caller_is_not_changed_for_the_grain(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);
        var answer = await grain.Write(new Note { Text = "before" }).Soon();

        answer.Text = "after";

        Assert.Equal("before", await grain.Kept().Soon());
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_records_positional_parameters_are_carried_without_an_Id(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);

        var copy = await grain.Move(new Point(3, 4) { Label = "home", Lost = "lost" }).Soon();

        Assert.Equal(new Point(3, 4) { Label = "home" }.ToString(), (copy with { Lost = "" }).ToString());
        Assert.NotEqual("lost", copy.Lost);
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_derived_record_behind_its_base_is_carried_whole(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);
        var circle = new Circle { Name = "ring", Radius = 2.5 };

        Assert.Equal(circle, await grain.Draw(circle).Soon());
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_generic_record_structure_is_carried(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);

        Assert.Equal(new Pair<string>("b", "a"), await grain.Swap(new("a", "b")).Soon());
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task An_object_that_points_at_itself_still_does(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);
        var link = new Link();
        link.Next = link;

        var copy = await grain.Tie(link).Soon();

        Assert.NotSame(link, copy);
        Assert.Same(copy, copy.Next);
    }

    [Fact]
    public async Task What_is_marked_immutable_is_shared_within_a_silo()
    {
        var grain = await silos.New<IEchoGrain>(0);
        var frozen = new Frozen();

        Assert.Same(frozen, await grain.Freeze(frozen).Soon());
    }

    [Fact]
    public async Task What_is_marked_immutable_is_copied_between_silos()
    {
        var grain = await silos.New<IEchoGrain>(1);
        var frozen = new Frozen { Numbers = [1, 2] };

        var copy = await grain.Freeze(frozen).Soon();

        Assert.NotSame(frozen, copy);
        Assert.Equal([1, 2], copy.Numbers);
    }

    [Fact]
    public async Task Between_silos_neither_argument_nor_result_is_shared_even_if_marked_immutable()
    {
        var grain = await silos.New<IEchoGrain>(1);
        var argument = new Frozen { Numbers = [1, 2] };
        var result = await grain.Freeze(argument).Soon();

        // Breaks the promise on purpose: only so is sharing seen.
        argument.Numbers.Add(3);
        result.Numbers.Clear();

        Assert.Equal(2, await grain.CountFrozen().Soon());
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_wrapped_immutable_value_is_shared_within_a_silo_only(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);
        var list = new List<int> { 7 };

        var copy = (await grain.Wrap(new(list)).Soon()).Value;

        Assert.Equal(list, copy);
        Assert.Equal(caller == 0, ReferenceEquals(list, copy));
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task An_argument_of_an_unmarked_type_is_refused(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);

        await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.Take(new Unmarked()).Soon());
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_result_of_an_unmarked_type_is_refused(int caller)
    {
        var grain = await silos.New<IEchoGrain>(caller);

        await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.Give().Soon());
    }
}
