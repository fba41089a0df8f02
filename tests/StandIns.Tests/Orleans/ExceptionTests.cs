using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Exceptions travel to the caller, within a silo and between two.</summary>
public sealed class ExceptionTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Theory, InlineData(0), InlineData(1)]
    public async Task An_exception_of_the_application_arrives_with_its_type_message_and_numbered_members(int caller)
    {
        var grain = await silos.New<IFaultyGrain>(caller);

        var error = await Assert.ThrowsAsync<Refusal>(() => grain.Refuse(486).Soon());

        Assert.Equal(("Refused.", 486), (error.Message, error.Code));
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task An_exception_thrown_before_the_first_await_arrives_too(int caller)
    {
        var grain = await silos.New<IFaultyGrain>(caller);

        await Assert.ThrowsAsync<DivideByZeroException>(() => grain.Divide(0).Soon());
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_ValueTask_method_answers_and_fails_like_any_other(int caller)
    {
        var grain = await silos.New<IFaultyGrain>(caller);

        Assert.Equal(25, await grain.DivideLater(4).Soon());
        await Assert.ThrowsAsync<DivideByZeroException>(() => grain.DivideLater(0).Soon());
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task An_inner_exception_arrives_inside_the_outer_one(int caller)
    {
        var grain = await silos.New<IFaultyGrain>(caller);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Nest().Soon());

        Assert.Equal("inner", Assert.IsType<NotSupportedException>(error.InnerException).Message);
    }
}
