using TekSipCloud.Gateway.Overload;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Overload;

/// <summary>Refusing takes a bounded share of the time; what is beyond is dropped, as long as that pays.</summary>
public sealed class RefusalBudgetTests
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(0.05, 1, 1_000)]
    [InlineData(0.05, 8, 1_000)]
    [InlineData(0.05, 0.5, 500)]
    [InlineData(0.2, 1, 4_000)]
    public void So_many_refusals_are_answered_between_two_looks(double share, double cores, int refusals)
    {
        var budget = Budget(share);
        Renew(budget, cores);

        Assert.Equal(refusals, Enumerable.Range(0, 10_000).TakeWhile(_ => !budget.IsSpent).Select(_ => Spend(budget)).Count());
        Assert.True(budget.IsSpent);
        Renew(budget, cores);
        Assert.False(budget.IsSpent);
    }

    [Fact]
    public void With_a_share_of_one_everything_is_answered()
    {
        var budget = Budget(share: 1);
        Renew(budget, cores: 1);

        Assert.All(Enumerable.Range(0, 100_000), _ => Assert.False(Spend(budget).IsSpent));
    }

    [Fact]
    public void Where_dropped_ones_come_on_top_of_new_ones_without_end_all_are_answered_for_ten_seconds()
    {
        var budget = Budget(0.05);
        long admitted = 0;
        for (var look = 0; look < 20; look++)
        {
            Drop(budget, times: 201);
            Renew(budget, cores: 1, admitted += 100);
        }

        for (var look = 0; look < 199; look++)
        {
            Spend(budget, times: 10_000);
            Assert.False(budget.IsSpent);
            Renew(budget, cores: 1, admitted += 100);
        }

        Renew(budget, cores: 1, admitted);
        Spend(budget, times: 1_000);
        Assert.True(budget.IsSpent);
    }

    [Fact]
    public void As_many_dropped_as_wait_for_their_next_try_are_no_reason_to_answer_them()
    {
        var budget = Budget(0.05);
        for (var look = 1; look <= 100; look++)
        {
            Drop(budget, times: 200);
            Renew(budget, cores: 1, admitted: look * 100);
        }

        Spend(budget, times: 1_000);
        Assert.True(budget.IsSpent);
        Assert.Equal(20_000, budget.Shed);
    }

    private RefusalBudget Budget(double share) => new(new OverloadOptions { RefusalShare = share }, _clock);

    private void Renew(RefusalBudget budget, double cores, long admitted = 0)
    {
        _clock.Advance(OverloadControl.Period);
        budget.Renew(cores, admitted);
    }

    private static RefusalBudget Spend(RefusalBudget budget, int times = 1)
    {
        for (; times > 0; times--)
            budget.Spend();
        return budget;
    }

    private static void Drop(RefusalBudget budget, int times)
    {
        for (; times > 0; times--)
            budget.CountShed();
    }
}
