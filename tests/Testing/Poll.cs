using System.Diagnostics;

namespace TekSipCloud.Testing;

/// <summary>Waits for what nothing announces, such as a row that an API lists: asks again until it is there or the time is up.</summary>
public static class Poll
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>The first answer that is as wanted.</summary>
    /// <param name="what">What is waited for, for the message when it does not come.</param>
    /// <param name="read">Asks.</param>
    /// <param name="isWanted">Whether the answer will do.</param>
    /// <param name="within">How long to go on asking.</param>
    /// <exception cref="TimeoutException">No answer would do; the message has the last one.</exception>
    public static async Task<T> Until<T>(string what, Func<Task<T>> read, Func<T, bool> isWanted, TimeSpan within)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await read();
            if (isWanted(answer))
                return answer;
            if (Stopwatch.GetElapsedTime(started) >= within)
                throw new TimeoutException($"Not within {within}: {what}. The last answer: {answer}");

            await Task.Delay(Period, TimeProvider.System);
        }
    }

    /// <summary>As above, for what can be asked without waiting.</summary>
    public static Task<T> UntilSeen<T>(string what, Func<T> read, Func<T, bool> isWanted, TimeSpan within) =>
        Until(what, () => Task.FromResult(read()), isWanted, within);
}
