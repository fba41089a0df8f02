namespace TekSipCloud.Sip.Resolution;

/// <summary>Orders SRV records: by priority, and among the same by chance in proportion to their weights (RFC 2782).</summary>
internal static class ServiceOrder
{
    /// <summary>Puts records into the order in which they are tried.</summary>
    /// <param name="records">Of one service.</param>
    /// <param name="random">A number from zero to below its argument.</param>
    public static IEnumerable<ServiceRecord> Arrange(IEnumerable<ServiceRecord> records, Func<int, int> random) =>
        records.GroupBy(r => r.Priority).OrderBy(g => g.Key).SelectMany(group => Draw(group, random));

    private static IEnumerable<ServiceRecord> Draw(IEnumerable<ServiceRecord> samePriority, Func<int, int> random)
    {
        // RFC 2782: those of weight zero stand first, so that a draw of zero finds them.
        var left = samePriority.OrderBy(r => r.Weight > 0).ToList();
        while (left.Count > 0)
        {
            var drawn = random(left.Sum(r => r.Weight) + 1);
            var sum = 0;
            var chosen = left.First(r => (sum += r.Weight) >= drawn);
            left.Remove(chosen);
            yield return chosen;
        }
    }
}
