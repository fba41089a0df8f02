using TekSipCloud.Contracts;

namespace TekSipCloud.Grains;

/// <summary>What every guarded write checks first.</summary>
internal static class WriteRules
{
    /// <summary>Why the write must not be done; null when it may.</summary>
    /// <param name="condition">The caller's demand.</param>
    /// <param name="stamp">The current version's stamp; null when there is none.</param>
    /// <param name="subject">What it is about, e.g. <c>Extension 101</c>.</param>
    public static Problem? Refuse(this WriteCondition condition, string? stamp, string subject) => (condition, stamp) switch
    {
        ({ MustNotExist: true }, not null) => Problem.Conflict($"{subject} exists already."),
        ({ ETag: not null }, null) => Problem.NotFound($"{subject} does not exist."),
        ({ ETag: { } wanted }, { } current) when wanted != current => Problem.Changed(),
        _ => null,
    };
}
