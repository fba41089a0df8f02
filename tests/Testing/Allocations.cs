namespace TekSipCloud.Testing;

/// <summary>What a packet's path may not do.</summary>
public static class Allocations
{
    private const int WarmUp = 50;
    private const int Rounds = 100;
    private const int Attempts = 20;

    /// <summary>
    /// Fails when something allocates each time it is done. The runtime allocates now and then on its own while it compiles the same code anew, so
    /// one clean attempt is enough: code that allocates has none.
    /// </summary>
    /// <exception cref="InvalidOperationException">It allocates; the message has how much.</exception>
    public static void AssertNone(Action act) => AssertAtMost(0, act);

    /// <summary>The same of more bytes than a number, each time.</summary>
    public static void AssertAtMost(long bytes, Action act)
    {
        for (var i = 0; i < WarmUp; i++)
            act();

        var least = long.MaxValue;
        for (var i = 0; i < Attempts && least > bytes * Rounds; i++)
            least = Math.Min(least, Measure(act));
        if (least > bytes * Rounds)
            throw new InvalidOperationException($"{Rounds} rounds allocate {least} bytes at least, {bytes} each are allowed.");
    }

    /// <summary>Whether something does not allocate: the bytes of one of a few attempts are none, for the same reason.</summary>
    public static bool AreNone(Func<long> measure) => Enumerable.Range(0, Attempts).Any(_ => measure() == 0);

    private static long Measure(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
