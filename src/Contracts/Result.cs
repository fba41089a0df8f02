namespace TekSipCloud.Contracts;

/// <summary>The outcome of a grain call that can be refused: nothing, or the <see cref="Problem"/> that says why.</summary>
[GenerateSerializer, Alias("result")]
public sealed record Result
{
    /// <summary>The refusal; null when the call succeeded.</summary>
    [Id(0)]
    public Problem? Problem { get; init; }

    /// <summary>Whether the call did what was asked.</summary>
    public bool IsSuccess => Problem is null;

    /// <summary>The successful outcome.</summary>
    public static Result Done { get; } = new();

    /// <summary>Refuses with a problem.</summary>
    public static implicit operator Result(Problem problem) => new() { Problem = problem };

    /// <summary>The alternative of the implicit conversion for languages without it.</summary>
    public static Result FromProblem(Problem problem) => problem;
}
