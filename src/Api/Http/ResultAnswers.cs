using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace TekSipCloud.Api.Http;

/// <summary>What a grain answered, as the HTTP answer of a read, a change, an addition or a removal; versions go into <c>ETag</c>.</summary>
internal static class ResultAnswers
{
    /// <summary>200 with what is stored now.</summary>
    public static Results<Ok<TDto>, ProblemHttpResult> ToOk<T, TDto>(
        this Result<Versioned<T>> result, HttpResponse response, Func<Versioned<T>, TDto> toDto)
    {
        if (!result.IsSuccess)
            return result.Problem.ToHttp();

        response.Tag(result.Value.ETag);
        return TypedResults.Ok(toDto(result.Value));
    }

    /// <summary>201 with what was added and where it is.</summary>
    public static Results<Created<TDto>, ProblemHttpResult> ToCreated<T, TDto>(
        this Result<Versioned<T>> result, HttpResponse response, Func<T, string> toLocation, Func<Versioned<T>, TDto> toDto)
    {
        if (!result.IsSuccess)
            return result.Problem.ToHttp();

        response.Tag(result.Value.ETag);
        return TypedResults.Created(toLocation(result.Value.Value), toDto(result.Value));
    }

    /// <summary>204 when it was done.</summary>
    public static Results<NoContent, ProblemHttpResult> ToNoContent(this Result result) =>
        result.Problem is { } problem ? problem.ToHttp() : TypedResults.NoContent();
}
