namespace TekSipCloud.Grains.Accounts;

/// <summary>
/// An account's throttles, one for each place that guesses at it, so that a stranger's guesses keep nobody else out. Bounded: places
/// beyond the hundredth at a time share one.
/// </summary>
internal sealed class SignInThrottles
{
    public const int MaxSources = 100;

    private const string Others = "";
    private readonly Dictionary<string, SignInThrottle> _bySource = new(StringComparer.Ordinal);

    public bool IsPaused(string source, DateTimeOffset now) => Find(PlaceOf(source)).IsPaused(now);

    /// <summary>After one more wrong password from there.</summary>
    public void Fail(string source, DateTimeOffset now)
    {
        if (_bySource.Count >= MaxSources)
            ForgetQuiet(now);

        var place = PlaceOf(source);
        _bySource[place] = Find(place).Fail(now);
    }

    /// <summary>After the right one from there.</summary>
    public void Succeed(string source) => _bySource.Remove(PlaceOf(source));

    private SignInThrottle Find(string place) => _bySource.GetValueOrDefault(place, SignInThrottle.Idle);

    private string PlaceOf(string source) =>
        _bySource.ContainsKey(source) || _bySource.Count < MaxSources ? source : Others;

    /// <summary>Who was quiet for as long as the longest pause after its own has ended begins anew.</summary>
    private void ForgetQuiet(DateTimeOffset now)
    {
        foreach (var (place, throttle) in _bySource.ToArray())
        {
            if (throttle.LastFailure + SignInThrottle.LongestPause <= now && !throttle.IsPaused(now))
                _bySource.Remove(place);
        }
    }
}
