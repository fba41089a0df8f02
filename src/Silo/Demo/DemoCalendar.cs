using Bogus;

namespace TekSipCloud.Silo.Demo;

/// <summary>
/// When the demo company telephones: most on weekdays, in the late morning and after lunch; its support works at weekends too.
/// </summary>
internal static class DemoCalendar
{
    /// <summary>How far back the history goes.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(35);

    // The last call must be over when the history is written.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    /// <summary>Share of each hour of a working day, from midnight, UTC.</summary>
    private static readonly double[] Hours =
        [0.1, 0.1, 0.05, 0.05, 0.1, 0.3, 1, 3, 8, 12, 13, 12, 7, 10, 12, 11, 8, 4, 2, 1.2, 0.8, 0.5, 0.3, 0.2];

    /// <summary>So many starts of calls, oldest first, to the millisecond.</summary>
    public static IEnumerable<DateTimeOffset> Starts(Randomizer random, int count, DateTimeOffset now)
    {
        var end = now - Margin;
        var first = end - Span;
        var hours = Enumerable.Range(0, (int)Span.TotalHours).Select(hour => first.AddHours(hour)).ToList();
        return Enumerable.Range(0, count)
            .Select(_ => random.Pick(hours, Weight).AddMilliseconds(random.Int(0, 3_599_999)))
            .Select(start => DateTimeOffset.FromUnixTimeMilliseconds(start.ToUnixTimeMilliseconds()))
            .Order()
            .ToList();
    }

    private static double Weight(DateTimeOffset hour) => Hours[hour.UtcDateTime.Hour] * Weight(hour.UtcDateTime.DayOfWeek);

    private static double Weight(DayOfWeek day) => day switch
    {
        DayOfWeek.Sunday => 0.3,
        DayOfWeek.Saturday => 0.45,
        DayOfWeek.Monday => 1.2,
        DayOfWeek.Friday => 0.85,
        _ => 1,
    };
}
