namespace TekSipCloud.Api.Security;

/// <summary>
/// Bounds how often one source may fail within a window. An attempt takes a place before it is checked and gives it back
/// when it was right, so that attempts sent at once don't slip past the count.
/// </summary>
/// <remarks>Memory is bounded: beyond <paramref name="maxSources"/> the source whose window ends first is forgotten.</remarks>
internal sealed class FailureThrottle(TimeProvider clock, int maxFailures, TimeSpan window, int maxSources)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Window> _windows = [];

    // All windows are equally long, so they end in the order in which they began.
    private readonly Queue<Window> _byEnd = [];

    /// <summary>Whether no attempt may be made now, and when the next may.</summary>
    public bool IsBlocked(string source, out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            ForgetEnded(now);

            retryAfter = _windows.TryGetValue(source, out var current) ? window - clock.GetElapsedTime(current.Began, now) : TimeSpan.Zero;
            return current is not null && current.Failures >= maxFailures;
        }
    }

    /// <summary>Whether one more attempt may be made; if not, when the next may.</summary>
    public bool TryEnter(string source, out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            ForgetEnded(now);

            if (!_windows.TryGetValue(source, out var current))
                current = Begin(source, now);

            retryAfter = window - clock.GetElapsedTime(current.Began, now);
            if (current.Failures >= maxFailures)
                return false;

            current.Failures++;
            return true;
        }
    }

    /// <summary>Gives the place back: the attempt was right.</summary>
    public void Leave(string source)
    {
        lock (_lock)
        {
            if (_windows.TryGetValue(source, out var current) && current.Failures > 0)
                current.Failures--;
        }
    }

    /// <summary>Runs a check that <see cref="TryEnter"/> let in; only a wrong secret, Forbidden or OverLimit, keeps the place.</summary>
    public async Task<Result<T>> Guard<T>(string source, Func<Task<Result<T>>> check)
    {
        var isWrong = false;
        try
        {
            var result = await check();
            isWrong = result.Problem?.Kind is ProblemKind.Forbidden or ProblemKind.OverLimit;
            return result;
        }
        finally
        {
            if (!isWrong)
                Leave(source);
        }
    }

    private void ForgetEnded(long now)
    {
        while (_byEnd.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.Began, now) >= window)
            _windows.Remove(_byEnd.Dequeue().Source);
    }

    private Window Begin(string source, long now)
    {
        if (_byEnd.Count >= maxSources)
            _windows.Remove(_byEnd.Dequeue().Source);

        var begun = new Window(source, now);
        _windows.Add(source, begun);
        _byEnd.Enqueue(begun);
        return begun;
    }

    private sealed class Window(string source, long began)
    {
        public string Source { get; } = source;

        public long Began { get; } = began;

        public int Failures { get; set; }
    }
}
