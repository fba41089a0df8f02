using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Resolution;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>RFC 2782, "Usage rules".</summary>
public sealed class ServiceOrderTests
{
    [Fact]
    public void Lower_priorities_come_first_whatever_the_draw() =>
        Prop.ForAll(Records.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (records, seed) =>
        {
            var arranged = Arrange(records, new Random(seed));
            return arranged.Select(r => r.Priority).SequenceEqual(records.Select(r => r.Priority).Order())
                && arranged.OrderBy(r => r.Target).SequenceEqual(records.OrderBy(r => r.Target));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Among_equals_the_share_of_first_places_is_the_share_of_the_weight()
    {
        const int Draws = 40_000;
        ServiceRecord[] records = [Record("a", 0, 60), Record("b", 0, 30), Record("c", 0, 10)];
        var random = new Random(2782);

        var firsts = Enumerable.Range(0, Draws).Select(_ => Arrange(records, random)[0].Target).CountBy(t => t).ToDictionary();

        // The draw of zero, one of 101, goes to the first: hence 61, 30 and 10 of 101. Five standard deviations leave no room for chance.
        Assert.InRange(firsts["a"], (Draws * 61 / 101) - 500, (Draws * 61 / 101) + 500);
        Assert.InRange(firsts["b"], (Draws * 30 / 101) - 470, (Draws * 30 / 101) + 470);
        Assert.InRange(firsts["c"], (Draws * 10 / 101) - 300, (Draws * 10 / 101) + 300);
    }

    [Fact]
    public void A_weight_of_zero_is_drawn_seldom_but_not_never()
    {
        ServiceRecord[] records = [Record("heavy", 0, 9), Record("light", 0, 0)];

        Assert.Equal("light", ServiceOrder.Arrange(records, _ => 0).First().Target);
        Assert.Equal("heavy", ServiceOrder.Arrange(records, _ => 1).First().Target);
        Assert.Equal("heavy", ServiceOrder.Arrange(records, max => max - 1).First().Target);
    }

    private static Gen<ServiceRecord[]> Records =>
        from priorities in Gen.Choose(0, 3).Zip(Gen.Choose(0, 5)).ListOf()
        select priorities.Select((p, i) => Record($"t{i}", p.Item1, p.Item2 * 13_107)).ToArray();

    private static ServiceRecord[] Arrange(ServiceRecord[] records, Random random) => [.. ServiceOrder.Arrange(records, random.Next)];

    private static ServiceRecord Record(string target, int priority, int weight) =>
        new("_sip._udp.example.test", TimeSpan.FromMinutes(1), (ushort)priority, (ushort)weight, 5060, target);
}
