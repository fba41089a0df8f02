namespace TekSipCloud.Api.Security;

/// <summary>What came of checking a secret.</summary>
/// <param name="Value">What the secret stands for; null when it is wrong or was not checked.</param>
/// <param name="RetryAfter">When another attempt may be made, if this one was not checked; else null.</param>
internal readonly record struct Verdict<T>(T? Value, TimeSpan? RetryAfter)
    where T : class
{
    public static Verdict<T> Wrong => default;

    public static Verdict<T> Throttled(TimeSpan retryAfter) => new(null, retryAfter);
}
