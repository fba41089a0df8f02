namespace TekSipCloud.Grains.Accounts;

/// <summary>
/// Slows guessing down: five wrong passwords are free, each further one doubles a pause, up to a quarter of an hour.
/// </summary>
/// <param name="Failures">Wrong passwords in a row.</param>
/// <param name="PausedUntil">Before this no password is looked at.</param>
/// <param name="LastFailure">When the last wrong one came.</param>
internal sealed record SignInThrottle(int Failures, DateTimeOffset PausedUntil, DateTimeOffset LastFailure)
{
    public const int FreeFailures = 5;

    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    public static readonly SignInThrottle Idle = new(0, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    public bool IsPaused(DateTimeOffset now) => now < PausedUntil;

    /// <summary>After one more wrong password.</summary>
    public SignInThrottle Fail(DateTimeOffset now)
    {
        var failures = Failures + 1;
        if (failures < FreeFailures)
            return new(failures, PausedUntil, now);

        // 1 s, 2 s, 4 s, …; the exponent is bounded before the shift.
        var seconds = 1L << Math.Min(failures - FreeFailures, 20);
        var pause = TimeSpan.FromSeconds(Math.Min(seconds, (long)LongestPause.TotalSeconds));
        return new(failures, now + pause, now);
    }
}
