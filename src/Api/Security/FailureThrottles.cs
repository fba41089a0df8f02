using Microsoft.Extensions.Options;

namespace TekSipCloud.Api.Security;

/// <summary>One throttle for each way in, so that a program with a stale password does not lock people out.</summary>
internal sealed class FailureThrottles(TimeProvider clock, IOptions<ApiOptions> options)
{
    public FailureThrottle SignIns { get; } = Create(clock, options.Value);

    public FailureThrottle ApiPasswords { get; } = Create(clock, options.Value);

    public FailureThrottle ApiKeys { get; } = Create(clock, options.Value);

    /// <summary>Of these each visit counts: who reads a guide is asked for nothing, and storage is read for it.</summary>
    public FailureThrottle Guides { get; } = Create(clock, options.Value);

    private static FailureThrottle Create(TimeProvider clock, ApiOptions options) =>
        new(clock, options.MaxFailures, options.FailureWindow, options.MaxFailureSources);
}
