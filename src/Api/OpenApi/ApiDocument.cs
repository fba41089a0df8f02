using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Security;

namespace TekSipCloud.Api.OpenApi;

/// <summary>The OpenAPI 3.1 description of REST v1, at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";
    private const string DtoSuffix = "Dto";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = NameSchema;
        options.AddDocumentTransformer(Complete);
    }

    /// <summary>Problems that an operation, or any of a group, can answer with.</summary>
    public static T WithProblems<T>(this T group, params ReadOnlySpan<int> statuses)
        where T : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            group.WithMetadata(new ProducesResponseTypeMetadata(
                status, typeof(HttpValidationProblemDetails), ["application/problem+json"]));
        }

        return group;
    }

    private static string? NameSchema(JsonTypeInfo type)
    {
        var name = type.Type == typeof(HttpValidationProblemDetails) ? "Problem" : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name?.Replace(DtoSuffix, "", StringComparison.Ordinal);
    }

    private static Task Complete(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new()
        {
            Title = "TekSIP Cloud",
            Version = Name,
            Description = "Tenants, extensions, routes, registrations and calls of a TekSIP Cloud cluster. "
                + "Times are ISO 8601 in UTC, durations whole seconds, errors RFC 9457 problems whose `errors` names the fields. "
                + "A change that a cookie pays for needs the header `X-Requested-With: console`.",
        };

        // The Host header decides nothing here, not even what the document calls its server.
        document.Servers = [new() { Url = "/" }];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [SessionCookie.Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = SessionCookie.Name,
            },
            [ApiKeyAuthentication.SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        document.Security =
        [
            new() { [new OpenApiSecuritySchemeReference(SessionCookie.Scheme, document)] = [] },
            new() { [new OpenApiSecuritySchemeReference(ApiKeyAuthentication.SchemeName, document)] = [] },
        ];
        RemoveChangeProblems(document);
        return Task.CompletedTask;
    }

    // The groups name the problems of changes, which a read can't have.
    private static void RemoveChangeProblems(OpenApiDocument document)
    {
        var reads = document.Paths.Values
            .Select(path => path.Operations?.GetValueOrDefault(HttpMethod.Get)?.Responses)
            .OfType<OpenApiResponses>();
        foreach (var responses in reads)
        {
            responses.Remove("409");
            responses.Remove("412");
        }
    }
}
