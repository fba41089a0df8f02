using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace TekSipCloud.Api.Http;

/// <summary>The one place where a refusal becomes an HTTP status.</summary>
internal static class ProblemMapping
{
    public static int StatusOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => StatusCodes.Status400BadRequest,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.Changed => StatusCodes.Status412PreconditionFailed,
        ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
        ProblemKind.OverLimit => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static ProblemHttpResult ToHttp(this Problem problem) =>
        TypedResults.Problem(ProblemBody.Create(StatusOf(problem.Kind), problem.Detail, problem.Fields));
}
