using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Extensions;

/// <summary><c>…/extensions</c>: the tenant's SIP endpoints.</summary>
internal static class ExtensionEndpoints
{
    public static void MapExtensions(this IEndpointRouteBuilder tenant)
    {
        var extensions = tenant.MapGroup("/extensions").WithTags("Extensions");
        extensions.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListExtensions")
            .WithSummary("List extensions by username");
        extensions.MapPost("", Create).RequireAuthorization(Policies.TenantAdmin).WithName("CreateExtension")
            .WithSummary("Add an extension");
        extensions.MapGet("/{username}", Get).RequireAuthorization(Policies.Viewer).WithName("GetExtension")
            .WithSummary("Read an extension");
        extensions.MapPut("/{username}", Save).RequireAuthorization(Policies.TenantAdmin).WithName("SaveExtension")
            .WithSummary("Add or replace an extension");
        extensions.MapDelete("/{username}", Delete).RequireAuthorization(Policies.TenantAdmin).WithName("DeleteExtension")
            .WithSummary("Remove an extension and its registrations");
    }

    private static async Task<Results<Ok<PageDto<ExtensionDto>>, ProblemHttpResult>> List(
        TenantId tenant,
        [AsParameters] PageQuery page,
        [Description("Only usernames that start with this.")] string? prefix,
        IExtensionList extensions,
        CancellationToken cancel)
    {
        if (page.FindProblem(prefix) is { } invalid)
            return invalid.ToHttp();

        var found = await extensions.List(tenant, page.ToRequest(prefix), cancel);
        return TypedResults.Ok(PageDto<ExtensionDto>.From(found, ExtensionDto.From));
    }

    private static async Task<Results<Created<ExtensionDto>, ProblemHttpResult>> Create(
        TenantId tenant, ExtensionInput body, IGrainFactory grains, HttpResponse response)
    {
        var result = await grains.Extension(tenant, body.Username)
            .Save(body.ToExtension(), body.Password, WriteCondition.Create);
        if (!result.IsSuccess)
            return result.Problem.ToHttp();

        response.Tag(result.Value.ETag);
        var location = $"/api/v1/tenants/{tenant}/extensions/{PathText.Encode(body.Username)}";
        return TypedResults.Created(location, ExtensionDto.From(result.Value));
    }

    private static async Task<Results<Ok<ExtensionDto>, ProblemHttpResult>> Get(
        TenantId tenant, string username, IGrainFactory grains, HttpResponse response) =>
        Answer(await grains.Extension(tenant, PathText.Decode(username)).Get(), response);

    private static async Task<Results<Ok<ExtensionDto>, ProblemHttpResult>> Save(
        TenantId tenant,
        string username,
        ExtensionInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        IGrainFactory grains,
        HttpResponse response)
    {
        var name = PathText.Decode(username);
        if (body.Username != name)
            return Problem.Invalid(nameof(body.Username), "The username is not the one of the path; it can't be changed.").ToHttp();
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        return Answer(await grains.Extension(tenant, name).Save(body.ToExtension(), body.Password, condition), response);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        TenantId tenant, string username, [FromHeader(Name = "If-Match")] string? ifMatch, IGrainFactory grains)
    {
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        var result = await grains.Extension(tenant, PathText.Decode(username)).Delete(condition);
        return result.Problem is { } problem ? problem.ToHttp() : TypedResults.NoContent();
    }

    private static Results<Ok<ExtensionDto>, ProblemHttpResult> Answer(
        Result<Versioned<Extension>> result, HttpResponse response)
    {
        if (!result.IsSuccess)
            return result.Problem.ToHttp();

        response.Tag(result.Value.ETag);
        return TypedResults.Ok(ExtensionDto.From(result.Value));
    }
}
