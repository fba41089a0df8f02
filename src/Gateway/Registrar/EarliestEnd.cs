namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// When the first of many ends may come, so that they are looked through then and not each second. Ends that are put off are found out by the next
/// look. Thread-safe; one caller looks.
/// </summary>
internal sealed class EarliestEnd
{
    private long _ticks = long.MaxValue;

    /// <summary>Something ends then. Said after it can be found.</summary>
    public void Include(DateTimeOffset end)
    {
        var seen = Volatile.Read(ref _ticks);
        while (end.UtcTicks < seen)
        {
            var before = Interlocked.CompareExchange(ref _ticks, end.UtcTicks, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }

    /// <summary>Whether to look through all now. If so, each that stays is included anew by whoever looks.</summary>
    public bool IsPast(DateTimeOffset now)
    {
        if (Volatile.Read(ref _ticks) > now.UtcTicks)
            return false;

        // Full fence: what is added from here on includes itself, what was added before is found.
        Interlocked.Exchange(ref _ticks, long.MaxValue);
        return true;
    }
}
