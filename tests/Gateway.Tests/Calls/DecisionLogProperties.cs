using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Whatever is configured and whoever is called: the history has one record of the call, which says in one sentence how it ended.</summary>
public sealed class DecisionLogProperties
{
    private static readonly Config Configurations = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public void Every_final_answer_has_exactly_one_terminal_reason()
    {
        var choices = Gen.Choose(0, 999).ArrayOf(RandomConfiguration.Choices);
        Prop.ForAll(choices.ToArbitrary(), numbers => Run(numbers).GetAwaiter().GetResult()).Check(Configurations);
    }

    private static async Task Run(int[] choices)
    {
        await using var configuration = new RandomConfiguration(choices);

        var records = await configuration.Run();

        if (configuration.Status is 0 || !configuration.IsAdmitted)
        {
            Assert.Empty(records);
            return;
        }

        var record = Assert.Single(records);
        Assert.Equal(configuration.Status, record.Status);
        Assert.Equal(configuration.Status is >= 200 and < 300, record.Call.Answered is not null);
        AssertEnd(record);
    }

    private static void AssertEnd(CallRecord record)
    {
        var end = Assert.Single(record.Decisions, decision => decision.Step == "end");
        Assert.Equal(end, record.Decisions[^1]);
        Assert.Equal(record.Reason, end.Text);
        Assert.True(end.Text.Length > 10 && end.Text.EndsWith('.'), end.Text);
    }
}
