using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Tests.Rtp;

/// <summary>Loss, order and duplicates, held to a model that remembers every number (RFC 3550 A.1, A.3).</summary>
public sealed class RtpReceptionPropertyTests
{
    /// <summary>A packet for each number, in order but for what is lost, late or doubled.</summary>
    private enum Fate
    {
        Comes,
        ComesToo,
        IsLost,
        ComesTwice,
        ComesLate,
    }

    [Fact]
    public void What_is_counted_is_what_a_model_with_all_numbers_counts() => Prop.ForAll(
        Gen.Choose(0, ushort.MaxValue).ToArbitrary(), FatesOf(400), (first, fates) =>
        {
            var numbers = Arrivals(first, fates);
            var reception = Received(numbers);
            var distinct = new HashSet<long>(numbers);
            var expected = numbers.Max() - numbers[0] + 1;

            // One before the first is late, and not expected.
            var before = distinct.Count(number => number < numbers[0]);
            return reception.Lost == Math.Max(0, expected - distinct.Count)
                && reception.Duplicates == numbers.Count - distinct.Count
                && reception.Reordered == Late(numbers)
                && before == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_fractions_of_intervals_add_up_to_the_loss() => Prop.ForAll(
        Gen.Choose(0, ushort.MaxValue).ToArbitrary(), FatesOf(300), (first, fates) =>
        {
            var reception = new RtpReception();
            var (lost, allLost) = (0.0, 0);
            var numbers = Arrivals(first, fates.Select(fate => fate is Fate.IsLost ? fate : Fate.Comes).ToArray());
            reception.Restart(1, (ushort)numbers[0]);
            var expectedBefore = 0L;
            for (var i = 0; i < numbers.Count; i++)
            {
                reception.Count((ushort)numbers[i], 0, 0);
                if (i % 7 != 6 && i != numbers.Count - 1)
                    continue;

                var block = reception.Report(0, 0);
                var expected = numbers[i] - numbers[0] + 1 - expectedBefore;
                expectedBefore += expected;
                // A.3: cut to 1/256
                lost += Math.Ceiling(block.FractionLost * expected / 256.0);
                allLost = block.CumulativeLost;
            }

            return allLost == reception.Lost && Math.Abs(lost - allLost) <= numbers.Count / 7 + 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_stray_number_is_no_restart()
    {
        // RFC 3550 A.1
        var reception = Received([1, 2, 30000, 3, 4]);

        Assert.Equal((0, 4u), (reception.Lost, reception.ExtendedHighestSequence));
    }

    [Fact]
    public void Two_in_a_row_far_away_are_one_and_the_count_begins_anew()
    {
        var reception = Received([1, 3, 30000, 30001, 30003]);

        Assert.Equal((2, 30003u), (reception.Lost, reception.ExtendedHighestSequence));
        // Of 30001 to 30003 one is lost.
        Assert.Equal((1, 85), (reception.Report(0, 0).CumulativeLost, Received([1, 3, 30000, 30001, 30003]).Report(0, 0).FractionLost));
    }

    [Fact]
    public void Duplicates_make_the_reported_loss_negative_and_hide_none_of_ours()
    {
        // RFC 3550 A.3
        var reception = Received([1, 1, 1, 2, 4]);

        Assert.Equal((-1, 0), (reception.Report(0, 0).CumulativeLost, reception.Report(0, 0).FractionLost));
        Assert.Equal((1, 2), (reception.Lost, reception.Duplicates));
    }

    private static Arbitrary<Fate[]> FatesOf(int most) =>
        Gen.Choose(0, 4).Select(fate => (Fate)fate).ArrayOf().Where(fates => fates.Length <= most).ToArbitrary();

    private static List<long> Arrivals(int first, Fate[] fates)
    {
        // The first comes in any case: what is before it is not known of.
        var numbers = new List<long> { first };
        long? late = null;
        for (var i = 0; i < fates.Length; i++)
        {
            var number = first + i + 1L;
            if (fates[i] == Fate.ComesLate && late is null)
            {
                late = number;
                continue;
            }

            if (fates[i] != Fate.IsLost)
                numbers.Add(number);
            if (fates[i] == Fate.ComesTwice)
                numbers.Add(number);
            if (late is { } held && number - held > 3)
            {
                numbers.Add(held);
                late = null;
            }
        }

        return numbers;
    }

    private static int Late(List<long> numbers)
    {
        var (highest, late, seen) = (numbers[0], 0, new HashSet<long>());
        foreach (var number in numbers)
        {
            if (number < highest && !seen.Contains(number))
                late++;
            highest = Math.Max(highest, number);
            seen.Add(number);
        }

        return late;
    }

    private static RtpReception Received(List<long> numbers)
    {
        var reception = new RtpReception();
        reception.Restart(1, (ushort)numbers[0]);
        foreach (var number in numbers)
            reception.Count((ushort)number, 0, 0);

        return reception;
    }
}
