using Bogus;

namespace TekSipCloud.Silo.Demo;

/// <summary>Choices and lengths with the shapes that telephone traffic has.</summary>
internal static class DemoChoice
{
    /// <summary>One of the items, each as likely as its weight says.</summary>
    public static T Pick<T>(this Randomizer random, IReadOnlyList<T> items, Func<T, double> weight)
    {
        var left = random.Double() * items.Sum(weight);
        foreach (var item in items)
        {
            left -= weight(item);
            if (left < 0)
                return item;
        }

        return items[^1];
    }

    /// <summary>A log-normal length: many short ones, few long ones.</summary>
    public static TimeSpan Around(this Randomizer random, TimeSpan median, double spread)
    {
        // Box and Muller's way from two uniform numbers to a normal one.
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.Double())) * Math.Cos(2 * Math.PI * random.Double());
        return median * Math.Exp(normal * spread);
    }
}
