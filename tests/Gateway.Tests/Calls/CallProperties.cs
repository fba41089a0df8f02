using FsCheck;
using FsCheck.Fluent;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Whatever happens to a call in whatever order: no fault, and nothing is left of it.</summary>
public sealed class CallProperties
{
    private static readonly Config Sequences = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact]
    public void A_call_leaves_nothing_behind_whatever_happens() => Check(offersLate: false);

    [Fact]
    public void A_call_that_offers_late_leaves_nothing_behind_whatever_happens() => Check(offersLate: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_that_rings_reliably_leaves_nothing_behind_whatever_happens(bool offersLate) => Check(offersLate, isReliable: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_to_one_device_after_the_other_leaves_nothing_behind_whatever_happens(bool isReliable) =>
        Check(offersLate: false, isReliable, isByPreference: true);

    private static void Check(bool offersLate, bool isReliable = false, bool isByPreference = false)
    {
        var sequences = Gen.Choose(0, RandomLadder.Kinds - 1).ArrayOf().Resize(40);
        var beginnings = Gen.Elements<int[]>(RandomLadder.LookedUp, RandomLadder.Ringing, RandomLadder.Answered, RandomLadder.Answered);
        Prop.ForAll(beginnings.ToArbitrary(), sequences.ToArbitrary(), (beginning, steps) => Run([.. beginning, .. steps], offersLate, isReliable, isByPreference).GetAwaiter().GetResult())
            .Check(Sequences);
    }

    private static async Task Run(int[] steps, bool offersLate, bool isReliable, bool isByPreference)
    {
        await using var ladder = new RandomLadder(offersLate, isReliable: isReliable, isByPreference: isByPreference);
        foreach (var step in steps)
            ladder.Step(step);

        await ladder.End();
    }
}
