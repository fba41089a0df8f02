using TekSipCloud.Gateway.Tests.Calls;
using TekSipCloud.Testing.Fuzzing;

namespace TekSipCloud.Gateway.Tests.Fuzz;

/// <summary>
/// Phones with valid credentials whose messages are changed on the way, in calls to which anything may happen: no fault, nothing left,
/// nothing harmful to anybody else.
/// </summary>
public sealed class GatewayFuzzTests
{
    public static TheoryData<string> Found => [.. FuzzCorpus.ListFound("ladder")];

    private const int MaxSteps = 30;

    private static readonly int[][] Beginnings = [RandomLadder.LookedUp, RandomLadder.Ringing, RandomLadder.Answered];

    /// <summary>Some 20 messages each.</summary>
    private const int Ladders = 1_000;

    [Fact]
    public Task Calls_whose_messages_are_changed_on_the_way_leave_nothing_behind()
    {
        var mutator = new SipMutator(FuzzCorpus.ReadMessages());
        return new FuzzRun("ladder", Ladders).Check(Make, seed => Climb(seed, mutator).GetAwaiter().GetResult());
    }

    [Theory]
    [MemberData(nameof(Found))]
    public Task A_ladder_that_once_failed_stays_mended(string name) => Climb(FuzzCorpus.ReadFound(name), new SipMutator(FuzzCorpus.ReadMessages()));

    /// <summary>All of a ladder follows from eight bytes.</summary>
    private static byte[] Make(Random random)
    {
        var seed = new byte[8];
        random.NextBytes(seed);
        return seed;
    }

    private static async Task Climb(byte[] seed, SipMutator mutator)
    {
        var random = new Random(BitConverter.ToInt32(seed) ^ BitConverter.ToInt32(seed, 4));
        byte[] Change(byte[] bytes) => random.Next(3) > 0 ? bytes : mutator.Change(random, bytes);
        await using var ladder = new RandomLadder(offersLate: random.Next(4) == 0, Change);
        foreach (var step in random.GetItems(Beginnings, 1)[0])
            ladder.Step(step);
        for (var steps = random.Next(MaxSteps); steps > 0; steps--)
            ladder.Step(random.Next(RandomLadder.Kinds));

        await ladder.End();
    }
}
