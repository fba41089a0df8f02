using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Gateway.Calls;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>RFC 3261 §16.7 step 6.</summary>
public sealed class BestRefusalTests
{
    [Theory]
    [InlineData(603, 302, 603)]
    [InlineData(600, 404, 600)]
    [InlineData(302, 404, 302)]
    [InlineData(486, 503, 486)]
    [InlineData(486, 400, 486)]
    [InlineData(486, 408, 486)]
    [InlineData(488, 408, 488)]
    [InlineData(480, 408, 480)]
    [InlineData(408, 500, 408)]
    [InlineData(0, 408, 408)]
    public void The_lowest_class_speaks_after_6xx_and_in_4xx_what_says_most(int a, int b, int best)
    {
        Assert.Equal(best, BestRefusal.Of(a, b));
        Assert.Equal(best, BestRefusal.Of(b, a));
    }

    [Fact]
    public void The_order_in_which_they_come_does_not_matter() =>
        Prop.ForAll(Statuses(), Statuses(), Statuses(), (a, b, c) =>
            BestRefusal.Of(a, b) == BestRefusal.Of(b, a)
            && BestRefusal.Of(BestRefusal.Of(a, b), c) == BestRefusal.Of(a, BestRefusal.Of(b, c)))
            .QuickCheckThrowOnFailure();

    private static Arbitrary<int> Statuses() => Gen.Choose(300, 699).ToArbitrary();
}
