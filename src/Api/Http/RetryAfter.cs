using System.Globalization;

namespace TekSipCloud.Api.Http;

/// <summary>The <c>Retry-After</c> header in whole seconds, at least one (RFC 9110 §10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>What a client waits while storage or a grain is away.</summary>
    public static readonly TimeSpan Trouble = TimeSpan.FromSeconds(5);

    public static string Format(TimeSpan wait) =>
        Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
