using System.Collections.Immutable;

namespace TekSipCloud.Contracts;

/// <summary>Why something was refused. A fault (bug, storage away) is an exception instead.</summary>
/// <param name="Kind">What sort of refusal; HTTP and SIP codes are derived from it, each in one place.</param>
/// <param name="Detail">One sentence for a person; never contains a secret.</param>
/// <param name="Fields">The fields at fault, all of them, when the input is invalid; else empty.</param>
[GenerateSerializer, Alias("problem")]
public sealed record Problem(
    [property: Id(0)] ProblemKind Kind,
    [property: Id(1)] string Detail,
    [property: Id(2)] ImmutableArray<FieldProblem> Fields)
{
    /// <summary>A problem that is not about a field.</summary>
    public Problem(ProblemKind kind, string detail) : this(kind, detail, []) { }

    /// <summary>One invalid field.</summary>
    public static Problem Invalid(string field, string detail) =>
        new(ProblemKind.Invalid, detail, [new FieldProblem(field, detail)]);

    /// <summary>Several invalid fields.</summary>
    public static Problem Invalid(ImmutableArray<FieldProblem> fields) =>
        new(ProblemKind.Invalid, fields is [var only] ? only.Detail : $"{fields.Length} fields are invalid.", fields);

    /// <summary>No such thing.</summary>
    public static Problem NotFound(string detail) => new(ProblemKind.NotFound, detail);

    /// <summary>It exists already, or is in use.</summary>
    public static Problem Conflict(string detail) => new(ProblemKind.Conflict, detail);

    /// <summary>It changed since the caller read it.</summary>
    public static Problem Changed() =>
        new(ProblemKind.Changed, "It was changed by someone else meanwhile. Read it again.");
}
