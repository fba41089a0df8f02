using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace TekSipCloud.Api.Http;

/// <summary>Builds RFC 9457 problem bodies; <c>errors</c> names fields as the client wrote them.</summary>
internal static class ProblemBody
{
    public static HttpValidationProblemDetails Create(int status, string detail, ImmutableArray<FieldProblem> fields = default) =>
        new(ToErrors(fields.IsDefault ? [] : fields))
        {
            // RFC 9457 §4.2.1: about:blank says that the status tells the type, and its title is the status phrase.
            Type = "about:blank",
            Status = status,
            Title = ReasonPhrases.GetReasonPhrase(status),
            Detail = detail,
        };

    public static Task Write(HttpContext context, int status, string detail, ImmutableArray<FieldProblem> fields = default)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            Create(status, detail, fields),
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted);
    }

    private static Dictionary<string, string[]> ToErrors(ImmutableArray<FieldProblem> fields) => fields
        .GroupBy(field => FieldNames.ToJson(field.Field), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(field => field.Detail).ToArray(), StringComparer.Ordinal);
}
